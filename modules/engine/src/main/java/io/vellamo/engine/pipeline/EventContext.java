package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the event on its way, and of the fate of those before it.
 *
 * <p>One instance accompanies all events of an epoch, to spare one per event.
 */
final class EventContext {
  private static final long NO_EVENT_TIME = Long.MIN_VALUE;

  private final EventTimes eventTimes;
  private String step = "source";
  private int range;
  private long offset;
  private long eventTimeMillis = NO_EVENT_TIME;
  private long processed;
  private long late;
  private long deadLettered;

  /**
   * Creates the context of events that have no event time later than a moment, future ones apart.
   */
  EventContext(long latestEventTimeMillis) {
    this.eventTimes = new EventTimes(latestEventTimeMillis);
  }

  /**
   * Prepares for the next source entry.
   *
   * @param entryRange the place of its range in the epoch's plan
   * @param entryOffset its offset
   */
  void begin(int entryRange, long entryOffset) {
    range = entryRange;
    offset = entryOffset;
    step = "source";
    eventTimeMillis = NO_EVENT_TIME;
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

  /** Returns the step that works on the event, for error messages. */
  String step() {
    return step;
  }

  void eventTime(@Nullable Long millis) {
    if (millis == null) {
      eventTimeMillis = NO_EVENT_TIME;
    } else {
      eventTimeMillis = millis;
      eventTimes.add(millis, range, offset);
    }
  }

  boolean hasEventTime() {
    return eventTimeMillis != NO_EVENT_TIME;
  }

  long eventTimeMillis() {
    return eventTimeMillis;
  }

  EventTimes eventTimes() {
    return eventTimes;
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

  /** Sets the fates back to what they were. */
  void resetCounts(EventCounts before) {
    processed = before.processed();
    late = before.late();
    deadLettered = before.deadLettered();
  }

  EventCounts counts() {
    return new EventCounts(processed, late, deadLettered);
  }
}
