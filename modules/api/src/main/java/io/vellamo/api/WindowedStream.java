package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Function3;
import io.vellamo.api.aggregate.Function4;
import io.vellamo.api.aggregate.Function5;
import io.vellamo.api.aggregate.Function6;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Groups of events that share a key and a window.
 *
 * <p><b>Time</b> In {@code APPEND} mode, the row of a window is emitted once, in the first epoch
 * whose watermark has reached the end of the window, or passed the end of the session. Its event
 * time is the last millisecond of the window, or the end of the session, so that the row can be
 * grouped again by windows of the same length or longer. An event is late if all of its windows
 * have been emitted: a window whose end the watermark of the preceding epoch has reached takes no
 * more events. An event without event time belongs to no window.
 *
 * <p><b>Cost</b> An event costs the same for any overlap of sliding windows: the state holds one
 * buffer for each slice, the greatest common divisor of width and slide, and merges them when a row
 * is emitted. A slice is removed with its last window.
 *
 * @param <K> the keys
 * @param <V> the events
 * @since 0.1
 */
public final class WindowedStream<K extends @Nullable Object, V> {
  private final Grouping grouping;
  private final Windows<? super V> windows;

  WindowedStream(Grouping grouping, Windows<? super V> windows) {
    this.grouping = grouping;
    this.windows = windows;
  }

  /**
   * Returns an aggregation of any number of aggregates.
   *
   * @param aggregates the aggregates, at least one
   * @return the aggregation; {@link Aggregation#as} completes it
   * @throws IllegalStateException if an upstream operator emits rows that replace earlier ones, or
   *     has event-time timeouts
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final Aggregation<WindowResult<K>> aggregate(Aggregate<? super V, ?>... aggregates) {
    return Aggregation.of(grouping, Optional.of(windows), List.of(aggregates));
  }

  /**
   * Returns the rows of an aggregate.
   *
   * @param first the aggregate
   * @param row returns the row of a group from its key, window and result
   * @param <A> the result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <A extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super V, A> first, Function3<K, Window, A, R> row) {
    return aggregate(first).as(group -> row.apply(group.key(), group.window(), group.get(first)));
  }

  /**
   * Returns the rows of two aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param row returns the row of a group from its key, window and results
   * @param <A> the first result
   * @param <B> the second result
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <A extends @Nullable Object, B extends @Nullable Object, R> EventStream<R> aggregate(
      Aggregate<? super V, A> first,
      Aggregate<? super V, B> second,
      Function4<K, Window, A, B, R> row) {
    return aggregate(first, second)
        .as(group -> row.apply(group.key(), group.window(), group.get(first), group.get(second)));
  }

  /**
   * Returns the rows of three aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param row returns the row of a group from its key, window and results
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
          Function5<K, Window, A, B, C, R> row) {
    return aggregate(first, second, third)
        .as(
            group ->
                row.apply(
                    group.key(),
                    group.window(),
                    group.get(first),
                    group.get(second),
                    group.get(third)));
  }

  /**
   * Returns the rows of four aggregates.
   *
   * @param first the first aggregate
   * @param second the second aggregate
   * @param third the third aggregate
   * @param fourth the fourth aggregate
   * @param row returns the row of a group from its key, window and results
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
          Function6<K, Window, A, B, C, D, R> row) {
    return aggregate(first, second, third, fourth)
        .as(
            group ->
                row.apply(
                    group.key(),
                    group.window(),
                    group.get(first),
                    group.get(second),
                    group.get(third),
                    group.get(fourth)));
  }

  /**
   * Returns the events of each group, reduced to one.
   *
   * @param eventClass the class of the events
   * @param function of an earlier and a later event; associative and commutative
   * @param row returns the row of a group from its key, window and reduced event
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   */
  public <R> EventStream<R> reduceGroups(
      Class<V> eventClass, BinaryOperator<V> function, Function3<K, Window, V, R> row) {
    Aggregate<V, @Nullable V> reduced = Aggregates.reduce(eventClass, function);
    return aggregate(reduced)
        .as(
            group ->
                row.apply(
                    group.key(), group.window(), requireNonNull(group.get(reduced), "reduced")));
  }
}
