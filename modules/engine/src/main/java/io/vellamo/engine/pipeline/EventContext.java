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

  private String step = "source";
  private long eventTimeMillis = NO_EVENT_TIME;
  private long maxEventTimeMillis = NO_EVENT_TIME;
  private long processed;
  private long late;
  private long deadLettered;

  /** Prepares for the next source entry. */
  void begin() {
    step = "source";
    eventTimeMillis = NO_EVENT_TIME;
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
      maxEventTimeMillis = Math.max(maxEventTimeMillis, millis);
    }
  }

  boolean hasEventTime() {
    return eventTimeMillis != NO_EVENT_TIME;
  }

  long eventTimeMillis() {
    return eventTimeMillis;
  }

  /** Returns the largest event time seen, or null if there was none. */
  @Nullable Long maxEventTimeMillis() {
    return maxEventTimeMillis == NO_EVENT_TIME ? null : maxEventTimeMillis;
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

  EventCounts counts() {
    return new EventCounts(processed, late, deadLettered);
  }
}
