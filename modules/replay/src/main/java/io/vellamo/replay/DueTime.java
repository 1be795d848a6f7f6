package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.api.process.TimeDomain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time of a group that an epoch's clocks had reached, so that the group was called.
 *
 * @param kind what was due
 * @param timer the name of the timer; null for others
 * @param tag the tag of the timer; null for a timer without one, and for others
 * @param time the time at which it was due
 * @param clock the clock of that time
 * @since 0.1
 */
public record DueTime(
    Kind kind, @Nullable String timer, @Nullable JsonNode tag, Instant time, TimeDomain clock) {
  /** A kind of time. */
  public enum Kind {
    /** The timeout of a group with a state. */
    TIMEOUT,
    /** A timer of a processor. */
    TIMER,
    /** The end of the first open window of an aggregation, or of its first open session. */
    WINDOW_END
  }
}
