package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Validation of durations that have to fit into milliseconds. */
final class Durations {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private Durations() {}

  /** Returns the duration if it is not negative and at most {@code Long.MAX_VALUE} milliseconds. */
  static Duration requireCountable(String name, Duration duration) {
    requireNonNull(duration, name);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "%s must not be negative, was [%s]".formatted(name, duration));
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be at most [%s], was [%s]; milliseconds count no further, use a shorter one"
              .formatted(name, LONGEST, duration));
    }
    return duration;
  }
}
