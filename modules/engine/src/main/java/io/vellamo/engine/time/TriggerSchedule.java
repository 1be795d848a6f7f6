package io.vellamo.engine.time;

import io.vellamo.api.query.Trigger;
import java.time.Duration;

/**
 * When a trigger lets the next epoch start.
 *
 * <p>For a processing-time trigger: at multiples of its interval since 1970, as in Spark. An epoch
 * that overruns such a moment is followed at once, and alignment resumes.
 */
public final class TriggerSchedule {
  private static final long NO_INTERVAL = 0;
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final long intervalMillis;

  private TriggerSchedule(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  /** Returns the schedule of a trigger; without an interval every moment will do. */
  public static TriggerSchedule of(Trigger trigger) {
    return new TriggerSchedule(
        trigger instanceof Trigger.ProcessingTime timed ? millis(timed.interval()) : NO_INTERVAL);
  }

  private static long millis(Duration interval) {
    return interval.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : interval.toMillis();
  }

  /** Returns whether epochs start at set moments only. */
  public boolean isTimed() {
    return intervalMillis != NO_INTERVAL;
  }

  /**
   * Returns the first moment for the next start.
   *
   * @param startedMillis when the trigger last fired
   */
  public long nextMillis(long startedMillis) {
    if (!isTimed()) {
      return startedMillis;
    }
    long before = Math.floorDiv(startedMillis, intervalMillis) * intervalMillis;
    return Millis.plus(before, intervalMillis);
  }
}
