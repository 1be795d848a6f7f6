package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Function3;
import io.vellamo.api.aggregate.Function4;
import io.vellamo.api.window.Windows;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods of a stream that divide its events into groups. */
abstract sealed class Groupable<T> permits EventStream {
  final Pipeline pipeline;

  Groupable(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Returns the groups of events that share a key of a standard type: {@code String}, {@code
   * Integer}, {@code Long}, {@code Boolean}, {@code Double}, {@code UUID}, {@code Instant}, or
   * null.
   *
   * @param key returns the grouping key of an event
   * @param <K> the key type, one of the standard types
   * @return the groups
   */
  public <K extends @Nullable Object> GroupedStream<K, T> groupByKey(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return new GroupedStream<>(pipeline, untyped(key), Optional.empty());
  }

  /**
   * Returns the groups of events that share a key of a class that Jackson can write and read.
   *
   * <p>Two keys are the same if their serialized forms are equal. Equal keys have equal forms: sets
   * and maps are written in a fixed order, −0.0 as 0.0, all NaNs alike, and a {@code BigDecimal} by
   * its value, regardless of its scale.
   *
   * <p><b>Failure</b> The start of the query rejects a class that has no such form and names the
   * property. A key that can't be written, such as a string with an unpaired surrogate, is a
   * failure of its event.
   *
   * @param key returns the grouping key of an event; null is a valid key
   * @param keyClass the class of the keys, such as a record or an enum
   * @param <K> the key type
   * @return the groups
   */
  public <K> GroupedStream<K, T> groupByKey(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return new GroupedStream<>(pipeline, untyped(key), Optional.of(keyClass));
  }

  /**
   * Returns the groups of events that share a key of a type with arguments, as {@link
   * #groupByKey(Function, Class)} does for a class.
   *
   * @param key returns the grouping key of an event; null is a valid key
   * @param keyType the type of the keys, for instance {@code new TypeRef<List<String>>() {}}
   * @param <K> the key type
   * @return the groups
   */
  public <K> GroupedStream<K, T> groupByKey(
      Function<? super T, ? extends @Nullable K> key, TypeRef<K> keyType) {
    requireNonNull(key, "key");
    return new GroupedStream<>(pipeline, untyped(key), Optional.of(keyType.type()));
  }

  /**
   * Returns the groups of events that share a key and a window.
   *
   * <pre>{@code
   * stream
   *     .groupBy(Reading::device, Window.tumbling(Duration.ofMinutes(10)))
   *     .aggregate(Aggregates.avg(Reading::signal), Signal::new)
   * }</pre>
   *
   * @param key returns the grouping key of an event, of a standard type as for {@link
   *     #groupByKey(Function)}
   * @param windows the windows, such as {@code Window.tumbling(Duration.ofMinutes(10))}
   * @param <K> the key type
   * @return the groups
   * @throws IllegalArgumentException if the stream has no watermark
   */
  public <K extends @Nullable Object> WindowedStream<K, T> groupBy(
      Function<? super T, ? extends K> key, Windows<? super T> windows) {
    return windowed(key, Optional.empty(), windows);
  }

  /**
   * Returns the groups of events that share a key of any class and a window.
   *
   * @param key returns the grouping key of an event; null is a valid key
   * @param keyClass the class of the keys, as for {@link #groupByKey(Function, Class)}
   * @param windows the windows
   * @param <K> the key type
   * @return the groups
   * @throws IllegalArgumentException if the stream has no watermark
   */
  public <K> WindowedStream<K, T> groupBy(
      Function<? super T, ? extends @Nullable K> key,
      Class<K> keyClass,
      Windows<? super T> windows) {
    return windowed(key, Optional.of(requireNonNull(keyClass, "keyClass")), windows);
  }

  /**
   * Returns the groups of events that share a key of a type with arguments and a window.
   *
   * @param key returns the grouping key of an event; null is a valid key
   * @param keyType the type of the keys
   * @param windows the windows
   * @param <K> the key type
   * @return the groups
   * @throws IllegalArgumentException if the stream has no watermark
   */
  public <K> WindowedStream<K, T> groupBy(
      Function<? super T, ? extends @Nullable K> key,
      TypeRef<K> keyType,
      Windows<? super T> windows) {
    return windowed(key, Optional.of(keyType.type()), windows);
  }

  /**
   * Returns the groups of events that share a window; their key is null.
   *
   * <p><b>Cost</b> All events go to one group, and so to one shard.
   *
   * @param windows the windows
   * @return the groups
   * @throws IllegalArgumentException if the stream has no watermark
   */
  public WindowedStream<@Nullable Void, T> groupBy(Windows<? super T> windows) {
    return windowed(event -> null, Optional.empty(), windows);
  }

  private <K extends @Nullable Object> WindowedStream<K, T> windowed(
      Function<? super T, ? extends K> key, Optional<Type> keyType, Windows<? super T> windows) {
    requireNonNull(key, "key");
    requireNonNull(windows, "windows");
    if (!pipeline.hasWatermark()) {
      throw new IllegalArgumentException(
          "groupBy with [%s] needs withWatermark upstream, which tells the event times"
              .formatted(windows));
    }
    return new WindowedStream<>(new Grouping(pipeline, untyped(key), keyType), windows);
  }

  /**
   * Returns an aggregation of all events of the stream in one group.
   *
   * <p>The group has a row from the first epoch on, even if there are no events. Its mode must be
   * {@code UPDATE} or {@code COMPLETE}.
   *
   * @param aggregates the aggregates, at least one
   * @return the aggregation; {@link Aggregation#as} completes it
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final Aggregation<GroupResult<@Nullable Void>> aggregate(
      Aggregate<? super T, ?>... aggregates) {
    return Aggregation.of(Grouping.all(pipeline), Optional.empty(), List.of(aggregates));
  }

  /**
   * Returns the rows of an aggregate of all events of the stream.
   *
   * @param first the aggregate
   * @param row returns the row of a result
   * @param <A> the result
   * @param <R> the rows
   * @return the rows
   */
  public <A extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super T, A> first, Function<A, R> row) {
    return aggregate(first).as(all -> row.apply(all.get(first)));
  }

  /**
   * Returns the rows of two aggregates of all events of the stream.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param row returns the row of the results
   * @param <A> the first result
   * @param <B> the second result
   * @param <R> the rows
   * @return the rows
   */
  public <A extends @Nullable Object, B extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super T, A> first, Aggregate<? super T, B> second, BiFunction<A, B, R> row) {
    return aggregate(first, second).as(all -> row.apply(all.get(first), all.get(second)));
  }

  /**
   * Returns the rows of three aggregates of all events of the stream.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param row returns the row of the results
   * @param <A> the first result
   * @param <B> the second result
   * @param <C> the third result
   * @param <R> the rows
   * @return the rows
   */
  public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R>
      EventStream<R> aggregate(
          Aggregate<? super T, A> first,
          Aggregate<? super T, B> second,
          Aggregate<? super T, C> third,
          Function3<A, B, C, R> row) {
    return aggregate(first, second, third)
        .as(all -> row.apply(all.get(first), all.get(second), all.get(third)));
  }

  /**
   * Returns the rows of four aggregates of all events of the stream.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param fourth the fourth aggregate
   * @param row returns the row of the results
   * @param <A> the first result
   * @param <B> the second result
   * @param <C> the third result
   * @param <D> the fourth result
   * @param <R> the rows
   * @return the rows
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R>
      EventStream<R> aggregate(
          Aggregate<? super T, A> first,
          Aggregate<? super T, B> second,
          Aggregate<? super T, C> third,
          Aggregate<? super T, D> fourth,
          Function4<A, B, C, D, R> row) {
    return aggregate(first, second, third, fourth)
        .as(all -> row.apply(all.get(first), all.get(second), all.get(third), all.get(fourth)));
  }

  @SuppressWarnings("unchecked") // the preceding stage emits T
  static <R extends @Nullable Object> Function<Object, R> untyped(
      Function<?, ? extends R> function) {
    return (Function<Object, R>) function;
  }
}
