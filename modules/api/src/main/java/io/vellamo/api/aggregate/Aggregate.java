package io.vellamo.api.aggregate;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of a query, and the handle by which its result is read.
 *
 * <p>{@link Aggregates} has the standard ones. Several aggregates may share one buffer, as those of
 * {@link Aggregates#statistics} do.
 *
 * <pre>{@code
 * var flights = Aggregates.<Flight>count();
 * var delay = Aggregates.avg(Flight::delay);
 * stream
 *     .groupBy(Flight::origin, Window.tumbling(Duration.ofHours(1)))
 *     .aggregate(flights, delay)
 *     .as(hour -> new Hour(hour.key(), hour.window(), hour.get(flights), hour.get(delay)));
 * }</pre>
 *
 * <p><b>Threading</b> Immutable. An instance may be used in several queries.
 *
 * @param <IN> the events
 * @param <R> the results
 * @since 0.1
 */
public final class Aggregate<IN, R extends @Nullable Object> {
  private final String name;
  private final Aggregator<IN, Object, ?> aggregator;
  private final Function<Object, R> finish;

  private Aggregate(String name, Aggregator<IN, Object, ?> aggregator, Function<Object, R> finish) {
    this.name = requireNonNull(name, "name");
    this.aggregator = requireNonNull(aggregator, "aggregator");
    this.finish = finish;
  }

  /**
   * Returns the aggregate of an aggregator.
   *
   * @param name names it in errors and reports, such as {@code median}
   * @param aggregator reduces the events
   * @param <IN> the events
   * @param <R> the results
   * @return a new handle
   */
  public static <IN, R extends @Nullable Object> Aggregate<IN, R> of(
      String name, Aggregator<IN, ?, R> aggregator) {
    return sharing(name, untyped(aggregator), untyped(aggregator)::finish);
  }

  /** Returns an aggregate that reads its result from the buffer of an aggregator. */
  @SuppressWarnings("unchecked") // finish takes the buffers of the aggregator
  static <IN, B, R extends @Nullable Object> Aggregate<IN, R> sharing(
      String name, Aggregator<IN, B, ?> aggregator, Function<? super B, ? extends R> finish) {
    return new Aggregate<>(
        name, (Aggregator<IN, Object, ?>) aggregator, (Function<Object, R>) finish);
  }

  @SuppressWarnings("unchecked") // buffers stay with the aggregator that created them
  private static <IN, R extends @Nullable Object> Aggregator<IN, Object, R> untyped(
      Aggregator<IN, ?, R> aggregator) {
    return (Aggregator<IN, Object, R>) aggregator;
  }

  /**
   * Returns an aggregate whose results are those of this one after a function.
   *
   * @param function applied to each result
   * @param <Q> the results of the function
   * @return a new handle with the same name and the same buffer
   */
  public <Q extends @Nullable Object> Aggregate<IN, Q> map(
      Function<? super R, ? extends Q> function) {
    requireNonNull(function, "function");
    return new Aggregate<>(name, aggregator, buffer -> function.apply(finish.apply(buffer)));
  }

  /**
   * Returns the name in errors and reports.
   *
   * @return such as {@code avg}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the aggregator, whose buffer several aggregates may share.
   *
   * @return the same instance for aggregates with the same buffer
   */
  public Aggregator<IN, Object, ?> aggregator() {
    return aggregator;
  }

  /**
   * Returns the result of a buffer.
   *
   * @param buffer a buffer of {@link #aggregator}
   * @return the result; null if the events have none
   */
  public R finish(Object buffer) {
    return finish.apply(buffer);
  }

  /**
   * Returns the name.
   *
   * @return such as {@code Aggregate[avg]}
   */
  @Override
  public String toString() {
    return "Aggregate[" + name + "]";
  }
}
