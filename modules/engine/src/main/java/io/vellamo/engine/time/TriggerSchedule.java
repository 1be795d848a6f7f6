package io.vellamo.engine.time;

import io.vellamo.api.query.Trigger;
import java.time.Duration;

/**
 * The start times that a trigger allows.
 *
 * <p>A processing-time trigger starts epochs at multiples of its interval since 1970, as in Spark.
 * If an epoch overruns such a moment, the next one starts at once, and alignment resumes.
 */
public final class TriggerSchedule {
  private static final long NO_INTERVAL = 0;
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final long intervalMillis;

  private TriggerSchedule(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  /** Returns the schedule of a trigger; one without an interval allows any time. */
  public static TriggerSchedule of(Trigger trigger) {
    return new TriggerSchedule(
        trigger instanceof Trigger.ProcessingTime timed ? millis(timed.interval()) : NO_INTERVAL);
  }

  private static long millis(Duration interval) {
    return interval.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : interval.toMillis();
  }

  /** Returns whether epochs start at fixed times only. */
  public boolean isTimed() {
    return intervalMillis != NO_INTERVAL;
  }

  /**
   * Returns the earliest time of the next start.
   *
   * @param startedMillis the time at which the trigger last fired
   */
  public long nextMillis(long startedMillis) {
    if (!isTimed()) {
      return startedMillis;
    }
    long before = Math.floorDiv(startedMillis, intervalMillis) * intervalMillis;
    return Millis.plus(before, intervalMillis);
  }
}
