package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Stage.Deduplicate.Memory;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.RowSink;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events and the steps that process them; nothing runs until a query is started.
 *
 * <p><b>Order</b> Events pass through the steps in the order in which the steps were added. Events
 * of one source partition stay in source order.
 *
 * <p><b>Threading</b> Immutable: every method returns a new stream. The functions given to it must
 * be stateless and safe to share.
 *
 * <p><b>Failure</b> A function that throws fails the query, unless {@link QueryBuilder#onError}
 * chooses otherwise. The exception names query, epoch and source position, and nothing of the epoch
 * reaches the sink.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class EventStream<T> extends Groupable<T> {
  EventStream(Pipeline pipeline) {
    super(pipeline);
  }

  /**
   * Returns a stream of the results of a function applied to each event. A result keeps the event
   * time of its event; Spark's typed {@code map} loses it.
   *
   * @param function maps an event to its result; must not return null
   * @param <U> the result type
   * @return the stream with one more step
   */
  public <U> EventStream<U> map(Function<? super T, ? extends U> function) {
    requireNonNull(function, "function");
    return new EventStream<>(pipeline.with(new Stage.Map(untyped(function))));
  }

  /**
   * Returns a stream of the events that match a predicate. Events filtered out before {@link
   * #withWatermark} don't move the watermark; events filtered out after it do. Spark may push a
   * filter upstream.
   *
   * @param predicate true for the events to keep
   * @return the stream with one more step
   */
  @SuppressWarnings("unchecked") // the preceding stage emits T
  public EventStream<T> filter(Predicate<? super T> predicate) {
    requireNonNull(predicate, "predicate");
    return new EventStream<>(pipeline.with(new Stage.Filter((Predicate<Object>) predicate)));
  }

  /**
   * Returns a stream of all results of a function applied to each event. The results keep the event
   * time of their event.
   *
   * @param function maps an event to any number of results; neither the iterable nor a result may
   *     be null
   * @param <U> the result type
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
   * advances when an epoch is committed, never moves backwards, and applies from the next epoch on.
   * An event is late if its event time is before the watermark of the preceding epoch; an event
   * time equal to that watermark is not late. Until the first event there is no watermark and no
   * event is late.
   *
   * @param eventTime returns the event time of an event, which is compared in milliseconds; if it
   *     returns null, the event is never late and doesn't move the watermark
   * @param delay how far the watermark trails the largest event time seen; not negative, at most
   *     {@code Long.MAX_VALUE} milliseconds
   * @return the stream with one more step
   * @throws IllegalArgumentException if {@code delay} is out of range
   * @throws IllegalStateException if the stream already has a watermark
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, Duration delay) {
    requireNonNull(delay, "delay");
    return withWatermark(eventTime, WatermarkStrategy.delay(delay));
  }

  /**
   * Returns a stream whose events have an event time, with a strategy for events too far in the
   * future and for silent streams.
   *
   * <p><b>Time</b> As for {@link #withWatermark(Function, Duration)}. The streams of a {@link
   * #union} may each have a watermark; the watermark of the query is the earliest of them, unless
   * {@link QueryBuilder#watermarkPolicy} chooses the latest.
   *
   * @param eventTime as above
   * @param strategy the delay, the bound on future events, and the idle timeout
   * @return the stream with one more step
   * @throws IllegalStateException if the stream already has a watermark
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, WatermarkStrategy strategy) {
    requireNonNull(eventTime, "eventTime");
    requireNonNull(strategy, "strategy");
    if (pipeline.hasWatermark()) {
      throw new IllegalStateException(
          "Query [%s] has a watermark here already; call withWatermark once before an operator"
              .formatted(pipeline.name()));
    }
    return new EventStream<>(pipeline.with(new Stage.EventTime(untyped(eventTime), strategy)));
  }

  /**
   * Returns a stream of the events of this stream and another.
   *
   * <p><b>Order</b> Each stream's events keep their order; the order between the two streams is not
   * defined.
   *
   * <p><b>Time</b> Events keep their event times; events of a stream without {@link #withWatermark}
   * have none.
   *
   * @param other a stream of the same query, from the same runtime; a stream that is used twice
   *     reads its source twice
   * @return the union of both streams
   * @throws IllegalArgumentException if {@code other} belongs to another query
   */
  public EventStream<T> union(EventStream<? extends T> other) {
    requireNonNull(other, "other");
    return new EventStream<>(pipeline.union(other.pipeline));
  }

  /**
   * Returns a stream of only the first event of each key; keys are never forgotten.
   *
   * <p><b>Order</b> Of duplicates in one source partition, the first in source order is kept.
   *
   * <p><b>Time</b> If the stream has a watermark, late events are dropped and counted, as in Spark.
   *
   * <p><b>Cost</b> The state grows with the number of keys and never shrinks; {@link
   * #dropDuplicatesWithEventTime} and {@link #dropDuplicatesWithinWatermark} forget keys. The
   * events that pass are written to the journal, as rows are.
   *
   * @param key returns the key by which events are duplicates, of a standard type as for {@link
   *     #groupByKey(Function)}
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalStateException if an upstream operator emits rows that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicates(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated("dropDuplicates", untyped(key), Optional.empty(), Memory.FOREVER);
  }

  /**
   * Returns a stream of only the first event of each key; keys are never forgotten.
   *
   * @param key returns the key by which events are duplicates; the event itself to compare whole
   *     events
   * @param keyClass the class of the keys, as for {@link #groupByKey(Function, Class)}
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalStateException if an upstream operator emits rows that replace earlier ones
   */
  public <K> EventStream<T> dropDuplicates(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated("dropDuplicates", untyped(key), Optional.of(keyClass), Memory.FOREVER);
  }

  /**
   * Returns a stream of only the first event of each pair of key and event time, compared to the
   * nanosecond. The equivalent in Spark is {@code dropDuplicates} with the event-time column among
   * its columns.
   *
   * <p><b>Time</b> Late events are dropped and counted, so an event is forgotten once the watermark
   * has passed its event time. An event without event time is never forgotten.
   *
   * <p><b>Cost</b> The state holds the keys and event times that the watermark has not passed.
   *
   * @param key returns the key by which events of the same event time are duplicates, of a standard
   *     type
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an upstream operator has event-time timeouts or emits rows
   *     that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicatesWithEventTime(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated(
        "dropDuplicatesWithEventTime", untyped(key), Optional.empty(), Memory.UNTIL_LATE);
  }

  /**
   * Returns the same stream as {@link #dropDuplicatesWithEventTime(Function)}, for keys of any
   * class.
   *
   * @param key returns the key by which events of the same event time are duplicates
   * @param keyClass the class of the keys, as for {@link #groupByKey(Function, Class)}
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an upstream operator has event-time timeouts or emits rows
   *     that replace earlier ones
   */
  public <K> EventStream<T> dropDuplicatesWithEventTime(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated(
        "dropDuplicatesWithEventTime", untyped(key), Optional.of(keyClass), Memory.UNTIL_LATE);
  }

  /**
   * Returns a stream that drops an event if an event of the same key preceded it whose event time
   * is later, or earlier by at most the watermark delay.
   *
   * <p><b>Time</b> As in Spark's {@code dropDuplicatesWithinWatermark}, the first event of a key is
   * remembered until the watermark has passed its event time plus the delay. Late events are
   * dropped and counted. A duplicate whose event time equals the watermark is still recognized,
   * where Spark drops it as late. An event without event time is treated as if it happened at
   * 1970-01-01T00:00:00Z, as in Spark: it is forgotten once the watermark has passed that time plus
   * the delay, usually in its own epoch.
   *
   * <p><b>Cost</b> The state holds a key until its event is forgotten.
   *
   * @param key returns the key by which events are duplicates, of a standard type
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an upstream operator has event-time timeouts or emits rows
   *     that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicatesWithinWatermark(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated(
        "dropDuplicatesWithinWatermark", untyped(key), Optional.empty(), Memory.WITHIN_DELAY);
  }

  /**
   * Returns the same stream as {@link #dropDuplicatesWithinWatermark(Function)}, for keys of any
   * class.
   *
   * @param key returns the key by which events are duplicates
   * @param keyClass the class of the keys, as for {@link #groupByKey(Function, Class)}
   * @param <K> the key type
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an upstream operator has event-time timeouts or emits rows
   *     that replace earlier ones
   */
  public <K> EventStream<T> dropDuplicatesWithinWatermark(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated(
        "dropDuplicatesWithinWatermark", untyped(key), Optional.of(keyClass), Memory.WITHIN_DELAY);
  }

  private EventStream<T> deduplicated(
      String kind, Function<Object, ?> key, Optional<Type> keyType, Memory memory) {
    boolean needsTime = memory != Memory.FOREVER;
    if (needsTime && !pipeline.hasWatermark()) {
      throw new IllegalArgumentException(
          "%s needs withWatermark in front; dropDuplicates works without".formatted(kind));
    }
    pipeline.requireInputFor(kind, needsTime);
    return new EventStream<>(
        pipeline.with(new Stage.Deduplicate(kind, Optional.empty(), key, keyType, memory)));
  }

  /**
   * Names the stateful operator that emits this stream.
   *
   * <p>The name identifies the operator's groups in the journal, and the operator in progress
   * reports, errors, and commands for parked groups. A query with one stateful operator may omit
   * the name; the operator then has the name of its method, such as {@code flatMapGroupsWithState}.
   * A query with several must name each of them. As long as the names stay the same, stateless
   * steps may be added or removed between two starts, and further operators may be added.
   *
   * <pre>{@code
   * .groupByKey(Click::user)
   * .flatMapGroupsWithState(APPEND, EVENT_TIME, Visit.class, new Sessionize())
   * .named("sessions")
   * }</pre>
   *
   * @param name 1 to 100 letters, digits or {@code . _ -}, beginning with a letter or digit; unique
   *     among the query's operators
   * @return this stream with the name
   * @throws IllegalArgumentException if {@code name} has another form
   * @throws IllegalStateException if the preceding step is not a stateful operator or already has a
   *     name
   */
  public EventStream<T> named(String name) {
    return new EventStream<>(pipeline.named(QueryStart.requireName(name)));
  }

  /**
   * Chooses which rows the aggregation that emits this stream emits, and when. The default is
   * {@link OutputMode#APPEND}.
   *
   * <ul>
   *   <li>{@code APPEND}: a row per window, once the watermark has passed its end. Needs windows.
   *   <li>{@code UPDATE}: in each epoch, a row for each group and window that has new events. Not
   *       for sessions, since a session that merges two others would leave the rows of both behind.
   *   <li>{@code COMPLETE}: in each epoch that changes a row, the rows of all groups and windows.
   *       Nothing is ever removed from the state, and the whole result is held in memory, up to
   *       {@code vellamo.query.max-complete-groups}. Must be the query's last operator.
   * </ul>
   *
   * @param mode the mode
   * @return this stream with the mode
   * @throws IllegalStateException if the preceding step is not an aggregation, or does not support
   *     the mode
   */
  public EventStream<T> outputMode(OutputMode mode) {
    return new EventStream<>(pipeline.outputMode(requireNonNull(mode, "mode")));
  }

  /**
   * Returns a query that writes this stream to a sink.
   *
   * @param sink the sink that the rows are written to
   * @return a query that is ready to start
   * @throws IllegalStateException if the query has several stateful operators and their names are
   *     missing or not unique
   */
  public QueryBuilder to(RowSink<? super T> sink) {
    requireNonNull(sink, "sink");
    pipeline.requireOperatorNames();
    pipeline.requireOutputModes();
    return QueryBuilder.of(pipeline, sink);
  }
}
