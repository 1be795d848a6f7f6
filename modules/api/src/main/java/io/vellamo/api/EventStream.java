package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.plan.Stage;
import io.vellamo.api.sink.RowSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events, described step by step and run when a query starts.
 *
 * <p><b>Order</b> Events pass the steps in the order in which the steps are written, and in source
 * order per source partition.
 *
 * <p><b>Threading</b> Immutable: every method returns a new stream. The functions given to it must
 * be stateless and safe to share.
 *
 * <p><b>Failure</b> A function that throws fails the query; query, epoch and source position are
 * named, and nothing of the epoch reaches the sink.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class EventStream<T> {
  private final Pipeline pipeline;

  EventStream(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Returns a stream of what a function makes of each event. The event time of an event stays with
   * what is made of it; Spark's typed {@code map} loses it.
   *
   * @param function must not return null
   * @param <U> what it makes
   * @return the stream with one more step
   */
  public <U> EventStream<U> map(Function<? super T, ? extends U> function) {
    requireNonNull(function, "function");
    return new EventStream<>(pipeline.with(new Stage.Map(untyped(function))));
  }

  /**
   * Returns a stream of the events that hold. Events filtered out in front of {@link
   * #withWatermark} don't move the watermark, those filtered out behind it do; Spark may move a
   * filter to the front.
   *
   * @param predicate true for the events to keep
   * @return the stream with one more step
   */
  @SuppressWarnings("unchecked") // the stage before emits T
  public EventStream<T> filter(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return new EventStream<>(pipeline.with(new Stage.Filter((Predicate<Object>) predicate)));
  }

  /**
   * Returns a stream of everything a function makes of each event. The event time of an event stays
   * with what is made of it.
   *
   * @param function must not return null, nor anything that holds null
   * @param <U> what it makes
   * @return the stream with one more step
   */
  public <U> EventStream<U> flatMap(Function<? super T, ? extends Iterable<? extends U>> function) {
    requireNonNull(function, "function");
    return new EventStream<>(pipeline.with(new Stage.FlatMap(untyped(function))));
  }

  /**
   * Returns a stream whose events have an event time.
   *
   * <p><b>Time</b> The watermark is the largest event time seen so far minus {@code delay}. It
   * moves when an epoch is committed, never backwards, and holds for the next epoch; events are
   * compared with the watermark of the epoch before theirs. An event as old as the watermark is not
   * late. There is no watermark, and nothing is late, until the first event.
   *
   * @param eventTime when an event happened, in milliseconds precision; null if it is not known,
   *     then the event is never late and doesn't move the watermark
   * @param delay how far the watermark trails the largest event time seen; not negative
   * @return the stream with one more step
   * @throws IllegalArgumentException if {@code delay} is negative
   * @throws IllegalStateException if the stream has a watermark already
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, Duration delay) {
    return withWatermark(eventTime, delay, Optional.empty());
  }

  /**
   * Returns a stream whose events have an event time, and whose watermark one wrong clock can't
   * move into the future. Spark has no such bound.
   *
   * <p><b>Time</b> As for {@link #withWatermark(Function, Duration)}; but an event further ahead of
   * the epoch's processing time than {@code maxFutureSkew} doesn't move the watermark. It is
   * processed like any other, and counted in {@link io.vellamo.api.query.EventTimeStats#future}.
   *
   * @param eventTime as above
   * @param delay as above
   * @param maxFutureSkew how far ahead of the processing time an event may be and still move the
   *     watermark; not negative
   * @return the stream with one more step
   * @throws IllegalArgumentException if {@code delay} or {@code maxFutureSkew} is negative
   * @throws IllegalStateException if the stream has a watermark already
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, Duration delay, Duration maxFutureSkew) {
    requireNonNull(maxFutureSkew, "maxFutureSkew");
    return withWatermark(eventTime, delay, Optional.of(maxFutureSkew));
  }

  private EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime,
      Duration delay,
      Optional<Duration> maxFutureSkew) {
    requireNonNull(eventTime, "eventTime");
    requireNonNull(delay, "delay");
    if (pipeline.everHadWatermark()) {
      throw new IllegalStateException(
          "Query [%s] has a watermark already; call withWatermark once".formatted(pipeline.name()));
    }
    Stage stage = new Stage.EventTime(untyped(eventTime), delay, maxFutureSkew);
    return new EventStream<>(pipeline.with(stage));
  }

  /**
   * Returns the groups of events that share a key of a standard type: {@code String}, {@code
   * Integer}, {@code Long}, {@code Boolean}, {@code Double}, {@code UUID}, {@code Instant}, or
   * null.
   *
   * @param key the grouping key of an event
   * @param <K> the keys; one of the standard types
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
   * @param key the grouping key of an event; null is a key too
   * @param keyClass its class, such as a record or an enum, with properties in a fixed order; two
   *     keys are the same if they are written the same
   * @param <K> the keys
   * @return the groups
   */
  public <K> GroupedStream<K, T> groupByKey(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return new GroupedStream<>(pipeline, untyped(key), Optional.of(keyClass));
  }

  /**
   * Returns a query that writes to a sink.
   *
   * @param sink where the rows go
   * @return a query that can be started
   */
  public QueryBuilder to(RowSink<? super T> sink) {
    requireNonNull(sink, "sink");
    return QueryBuilder.of(pipeline, sink);
  }

  @SuppressWarnings("unchecked") // the stage before emits T
  private static <R extends @Nullable Object> Function<Object, R> untyped(
      Function<?, ? extends R> function) {
    return (Function<Object, R>) function;
  }
}
