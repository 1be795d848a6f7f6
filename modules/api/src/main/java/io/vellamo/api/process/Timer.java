package io.vellamo.api.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A timer of a group.
 *
 * @param name its name
 * @param tag its tag among the timers of that name; empty for the timer without a tag
 * @param time the time for which it is set, in milliseconds
 * @since 0.1
 */
public record Timer(TimerName name, Optional<String> tag, Instant time) {
  /** Checks that nothing is null. */
  public Timer {
    requireNonNull(name, "name");
    requireNonNull(tag, "tag");
    requireNonNull(time, "time");
  }

  /**
   * Returns whether this timer has a name.
   *
   * @param other a declared name
   * @return true if it is this timer's name
   */
  public boolean is(TimerName other) {
    return name.equals(other);
  }
}
