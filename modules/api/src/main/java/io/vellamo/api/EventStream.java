package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.Stage.Deduplicate.Memory;
import io.vellamo.api.query.WatermarkStrategy;
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
   * @param eventTime when an event happened, compared in milliseconds; null if it is not known,
   *     then the event is never late and doesn't move the watermark
   * @param delay how far the watermark trails the largest event time seen; not negative, and not
   *     longer than milliseconds can count
   * @return the stream with one more step
   * @throws IllegalArgumentException if {@code delay} is out of range
   * @throws IllegalStateException if the stream has a watermark already
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, Duration delay) {
    requireNonNull(delay, "delay");
    return withWatermark(eventTime, WatermarkStrategy.delay(delay));
  }

  /**
   * Returns a stream whose events have an event time, with a strategy for what can hold a watermark
   * back or carry it away.
   *
   * <p><b>Time</b> As for {@link #withWatermark(Function, Duration)}. Several streams of a {@link
   * #union} may each have a watermark; the query has the earliest of them, or what {@link
   * QueryBuilder#watermarkPolicy} says.
   *
   * @param eventTime as above
   * @param strategy the delay, and what future events and silence do
   * @return the stream with one more step
   * @throws IllegalStateException if the stream has a watermark already
   */
  public EventStream<T> withWatermark(
      Function<? super T, @Nullable Instant> eventTime, WatermarkStrategy strategy) {
    requireNonNull(eventTime, "eventTime");
    requireNonNull(strategy, "strategy");
    if (pipeline.hasWatermark()) {
      throw new IllegalStateException(
          "Query [%s] has a watermark here already; call withWatermark once in front of an operator"
              .formatted(pipeline.name()));
    }
    return new EventStream<>(pipeline.with(new Stage.EventTime(untyped(eventTime), strategy)));
  }

  /**
   * Returns a stream of this stream's events and another's.
   *
   * <p><b>Order</b> The events of each keep their order; how the two mix is not promised.
   *
   * <p><b>Time</b> Events keep their event times; those of a stream without {@link #withWatermark}
   * have none.
   *
   * @param other a stream of the same query, begun with the same {@link QueryStart}; a stream that
   *     is used twice reads its source twice
   * @return the stream of both
   * @throws IllegalArgumentException if {@code other} belongs to another query
   */
  public EventStream<T> union(EventStream<? extends T> other) {
    requireNonNull(other, "other");
    return new EventStream<>(pipeline.union(other.pipeline));
  }

  /**
   * Returns a stream that lets only the first event of each key through, for ever.
   *
   * <p><b>Order</b> Which of several duplicates comes first is source order per source partition.
   *
   * <p><b>Time</b> If the stream has a watermark, late events are dropped and counted, as in Spark.
   *
   * <p><b>Cost</b> The key of every event is kept for ever; {@link #dropDuplicatesWithEventTime}
   * and {@link #dropDuplicatesWithinWatermark} forget. What passes is written to the journal with
   * Jackson, as rows are.
   *
   * @param key what makes events duplicates, of a standard type as for {@link
   *     #groupByKey(Function)}
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalStateException if an operator in front emits rows that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicates(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated("dropDuplicates", untyped(key), Optional.empty(), Memory.FOR_EVER);
  }

  /**
   * Returns a stream that lets only the first event of each key through, for ever.
   *
   * @param key what makes events duplicates; the event itself for events that are equal as a whole
   * @param keyClass its class, as for {@link #groupByKey(Function, Class)}
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalStateException if an operator in front emits rows that replace earlier ones
   */
  public <K> EventStream<T> dropDuplicates(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated("dropDuplicates", untyped(key), Optional.of(keyClass), Memory.FOR_EVER);
  }

  /**
   * Returns a stream that lets only the first of all events through that have the same key and the
   * same event time, to the nanosecond. Spark has it as {@code dropDuplicates} with the event-time
   * column among the columns.
   *
   * <p><b>Time</b> Late events are dropped and counted, so an event is forgotten when the watermark
   * has passed its event time. An event without event time is remembered for ever.
   *
   * <p><b>Cost</b> Keys and event times that the watermark has not passed are kept.
   *
   * @param key what makes events of the same time duplicates, of a standard type
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an operator in front has timeouts in event time, or emits rows
   *     that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicatesWithEventTime(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated(
        "dropDuplicatesWithEventTime", untyped(key), Optional.empty(), Memory.UNTIL_LATE);
  }

  /**
   * Returns a stream as {@link #dropDuplicatesWithEventTime(Function)} does, for keys of any class.
   *
   * @param key what makes events of the same time duplicates
   * @param keyClass its class, as for {@link #groupByKey(Function, Class)}
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException as above
   */
  public <K> EventStream<T> dropDuplicatesWithEventTime(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated(
        "dropDuplicatesWithEventTime", untyped(key), Optional.of(keyClass), Memory.UNTIL_LATE);
  }

  /**
   * Returns a stream that drops an event if one of the same key came before it whose event time is
   * at most the watermark's delay earlier or any time later.
   *
   * <p><b>Time</b> As Spark's {@code dropDuplicatesWithinWatermark}: the first event of a key is
   * remembered until the watermark has passed its event time and the delay. Late events are dropped
   * and counted. An event exactly that old is still a duplicate, where Spark drops it as late. An
   * event without event time counts as one of 1970, as in Spark: it is forgotten once the watermark
   * has passed 1970 and the delay, usually in its own epoch.
   *
   * <p><b>Cost</b> A key is kept until its event is forgotten.
   *
   * @param key what makes events duplicates, of a standard type
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException if an operator in front has timeouts in event time, or emits rows
   *     that replace earlier ones
   */
  public <K extends @Nullable Object> EventStream<T> dropDuplicatesWithinWatermark(
      Function<? super T, ? extends K> key) {
    requireNonNull(key, "key");
    return deduplicated(
        "dropDuplicatesWithinWatermark", untyped(key), Optional.empty(), Memory.WITHIN_DELAY);
  }

  /**
   * Returns a stream as {@link #dropDuplicatesWithinWatermark(Function)} does, for keys of any
   * class.
   *
   * @param key what makes events duplicates
   * @param keyClass its class, as for {@link #groupByKey(Function, Class)}
   * @param <K> the keys
   * @return the stream with one more step
   * @throws IllegalArgumentException if the stream has no watermark
   * @throws IllegalStateException as above
   */
  public <K> EventStream<T> dropDuplicatesWithinWatermark(
      Function<? super T, ? extends @Nullable K> key, Class<K> keyClass) {
    requireNonNull(key, "key");
    requireNonNull(keyClass, "keyClass");
    return deduplicated(
        "dropDuplicatesWithinWatermark", untyped(key), Optional.of(keyClass), Memory.WITHIN_DELAY);
  }

  private EventStream<T> deduplicated(
      String kind, Function<Object, ?> key, Optional<Class<?>> keyClass, Memory memory) {
    boolean needsTime = memory != Memory.FOR_EVER;
    if (needsTime && !pipeline.hasWatermark()) {
      throw new IllegalArgumentException(
          "%s needs withWatermark in front; dropDuplicates works without".formatted(kind));
    }
    pipeline.requireInputFor(kind, needsTime);
    return new EventStream<>(
        pipeline.with(new Stage.Deduplicate(kind, Optional.empty(), key, keyClass, memory)));
  }

  /**
   * Names the stateful operator that this stream comes from.
   *
   * <p>The journal knows an operator's groups by its name, and so do progress reports, errors, and
   * commands for parked groups. A query with one stateful operator may leave the name out; the
   * operator is then named by its method, such as {@code flatMapGroupsWithState}. A query with
   * several must name each. Under the same names, stateless steps may come and go between two
   * starts, and further operators may be added.
   *
   * <pre>{@code
   * .groupByKey(Click::user)
   * .flatMapGroupsWithState(APPEND, EVENT_TIME, Visit.class, new Sessionize())
   * .named("sessions")
   * }</pre>
   *
   * @param name 1 to 100 letters, digits or {@code . _ -}, beginning with a letter or digit, and
   *     different from those of the query's other operators
   * @return the same stream
   * @throws IllegalArgumentException if {@code name} has another form
   * @throws IllegalStateException if the step before is not a stateful operator, or has a name
   */
  public EventStream<T> named(String name) {
    return new EventStream<>(pipeline.named(QueryStart.requireName(name)));
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
   * <p>Two keys are the same if they are written the same. Equal keys are: sets and maps are written
   * in an order of their own, −0.0 as 0.0, every NaN alike, and a {@code BigDecimal} by its value,
   * whatever its scale.
   *
   * <p><b>Failure</b> The start of the query refuses a class that has no such form, with the
   * property. A key that can't be written, such as a text with an unpaired surrogate, is a failure of
   * its event.
   *
   * @param key the grouping key of an event; null is a key too
   * @param keyClass its class, such as a record or an enum
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
   * @throws IllegalStateException if the query has several stateful operators, and they have no
   *     names, or not different ones
   */
  public QueryBuilder to(RowSink<? super T> sink) {
    requireNonNull(sink, "sink");
    pipeline.requireOperatorNames();
    return QueryBuilder.of(pipeline, sink);
  }

  @SuppressWarnings("unchecked") // the stage before emits T
  private static <R extends @Nullable Object> Function<Object, R> untyped(
      Function<?, ? extends R> function) {
    return (Function<Object, R>) function;
  }
}
