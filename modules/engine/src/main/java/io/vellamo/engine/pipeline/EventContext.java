package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.aggregate.LateRule;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The position and event time of the current event, and the fates of all events so far.
 *
 * <p>One instance is reused for all events of an epoch, to avoid one per event.
 */
final class EventContext {
  private final List<EventTimes> eventTimes = new ArrayList<>();
  private String step = "source";
  private int range;
  private long offset;
  // In parts, to avoid an Instant per event; all are 0 if there is no event time.
  private boolean hasEventTime;
  private long eventTimeSeconds;
  private int eventTimeNanos;
  private long eventTimeMillis;
  private long processed;
  private long late;
  private long deadLettered;

  /** Creates a context that tracks no watermarks. */
  EventContext() {
    this(List.of(), 0, 0);
  }

  /**
   * Creates the context of an epoch's events.
   *
   * @param watermarks the strategies of the query's watermarks
   * @param processingTimeMillis the epoch's processing time
   * @param ranges the number of ranges that the epoch reads
   */
  EventContext(List<WatermarkStrategy> watermarks, long processingTimeMillis, int ranges) {
    for (WatermarkStrategy watermark : watermarks) {
      long latest =
          watermark
              .maxFutureSkew()
              .map(skew -> Millis.plus(processingTimeMillis, skew.toMillis()))
              .orElse(Long.MAX_VALUE);
      eventTimes.add(
          new EventTimes(latest, watermark.isPerPartition() ? new RangeTimes(ranges) : null));
    }
  }

  /**
   * Prepares for the next source entry or row.
   *
   * @param entryRange the index of its range in the epoch's plan; {@link GroupBatch#NO_RANGE} for a
   *     row
   * @param entryOffset its offset
   * @param time its event time; null if it has none
   */
  void begin(int entryRange, long entryOffset, @Nullable Instant time) {
    range = entryRange;
    offset = entryOffset;
    step = "source";
    setEventTime(time);
  }

  int range() {
    return range;
  }

  long offset() {
    return offset;
  }

  void enter(String newStep) {
    step = newStep;
  }

  /** Returns the current step, for error messages. */
  String step() {
    return step;
  }

  /** Sets the event time and records it for a watermark. */
  void eventTime(int watermark, @Nullable Instant time) {
    setEventTime(time);
    if (time != null && watermark < eventTimes.size()) {
      eventTimes.get(watermark).add(eventTimeMillis, range, offset);
    }
  }

  private void setEventTime(@Nullable Instant time) {
    hasEventTime = time != null;
    eventTimeSeconds = time == null ? 0 : time.getEpochSecond();
    eventTimeNanos = time == null ? 0 : time.getNano();
    eventTimeMillis = time == null ? 0 : Millis.of(time);
  }

  boolean hasEventTime() {
    return hasEventTime;
  }

  /** Returns the milliseconds of the event time; 0 if it has none. */
  long eventTimeMillis() {
    return eventTimeMillis;
  }

  /** Returns the seconds of the event time; {@link ShardEvents#NO_TIME} if it has none. */
  long eventTimeSeconds() {
    return hasEventTime ? eventTimeSeconds : ShardEvents.NO_TIME;
  }

  /** Returns the nanoseconds of the event time's second. */
  int eventTimeNanos() {
    return eventTimeNanos;
  }

  /** Returns the event time; null if it has none. */
  @Nullable Instant eventTime() {
    return hasEventTime ? Instant.ofEpochSecond(eventTimeSeconds, eventTimeNanos) : null;
  }

  /** Returns whether the event is late by a rule; an event without event time is not. */
  boolean isLate(LateRule rule, Object event, Watermark watermark) {
    return hasEventTime && rule.isLate(event, eventTimeMillis, watermark);
  }

  /** Returns the statistics of all watermarks together. */
  EventTimeSums sums() {
    return eventTimes.stream()
        .map(EventTimes::sums)
        .reduce(EventTimeSums.NONE, EventTimeSums::plus);
  }

  /** Returns the event times that each watermark saw, by number. */
  List<SeenTimes> seen() {
    return eventTimes.stream().map(EventTimes::seen).toList();
  }

  void countProcessed() {
    processed++;
  }

  void countLate() {
    late++;
  }

  void countDeadLettered() {
    deadLettered++;
  }

  /** Resets the counts of fates to earlier values. */
  void resetCounts(EventCounts before) {
    processed = before.processed();
    late = before.late();
    deadLettered = before.deadLettered();
  }

  EventCounts counts() {
    return new EventCounts(processed, late, deadLettered);
  }
}
