package io.vellamo.api;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Function3;
import io.vellamo.api.aggregate.Function4;
import io.vellamo.api.aggregate.Function5;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The aggregations of groups without windows. */
abstract sealed class AggregatedGroups<K extends @Nullable Object, V> permits GroupedStream {
  final Pipeline pipeline;
  final Function<Object, ?> key;
  final Optional<Type> keyType;

  AggregatedGroups(Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType) {
    this.pipeline = pipeline;
    this.key = key;
    this.keyType = keyType;
  }

  /**
   * Returns an aggregation of any number of aggregates. Its mode must be {@code UPDATE} or {@code
   * COMPLETE}, as a group without a window may always get more events.
   *
   * <p><b>Cost</b> The state holds a buffer for each key and never shrinks.
   *
   * @param aggregates the aggregates, at least one
   * @return the aggregation; {@link Aggregation#as} completes it
   * @throws IllegalStateException if an upstream operator emits rows that replace earlier ones
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final Aggregation<GroupResult<K>> aggregate(Aggregate<? super V, ?>... aggregates) {
    Grouping grouping = new Grouping(pipeline, key, keyType);
    return Aggregation.of(grouping, Optional.empty(), List.of(aggregates));
  }

  /**
   * Returns the rows of an aggregate.
   *
   * @param first the aggregate
   * @param row returns the row of a group from its key and result
   * @param <A> the result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <A extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super V, A> first, BiFunction<K, A, R> row) {
    return aggregate(first).as(group -> row.apply(group.key(), group.get(first)));
  }

  /**
   * Returns the rows of two aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param row returns the row of a group from its key and results
   * @param <A> the first result
   * @param <B> the second result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <A extends @Nullable Object, B extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super V, A> first, Aggregate<? super V, B> second, Function3<K, A, B, R> row) {
    return aggregate(first, second)
        .as(group -> row.apply(group.key(), group.get(first), group.get(second)));
  }

  /**
   * Returns the rows of three aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param row returns the row of a group from its key and results
   * @param <A> the first result
   * @param <B> the second result
   * @param <C> the third result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R>
      EventStream<R> aggregate(
          Aggregate<? super V, A> first,
          Aggregate<? super V, B> second,
          Aggregate<? super V, C> third,
          Function4<K, A, B, C, R> row) {
    return aggregate(first, second, third)
        .as(group -> row.apply(group.key(), group.get(first), group.get(second), group.get(third)));
  }

  /**
   * Returns the rows of four aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param fourth the fourth aggregate
   * @param row returns the row of a group from its key and results
   * @param <A> the first result
   * @param <B> the second result
   * @param <C> the third result
   * @param <D> the fourth result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R>
      EventStream<R> aggregate(
          Aggregate<? super V, A> first,
          Aggregate<? super V, B> second,
          Aggregate<? super V, C> third,
          Aggregate<? super V, D> fourth,
          Function5<K, A, B, C, D, R> row) {
    return aggregate(first, second, third, fourth)
        .as(
            group ->
                row.apply(
                    group.key(),
                    group.get(first),
                    group.get(second),
                    group.get(third),
                    group.get(fourth)));
  }
}
