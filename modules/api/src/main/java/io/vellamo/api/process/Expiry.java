package io.vellamo.api.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The time to live of a variable's values, of each element of a list and each entry of a map.
 * Writes restart it, reads do not, as in Spark and as with Flink's {@code OnCreateAndWrite}.
 *
 * <p>A value has expired once its clock has reached the time of the write plus the duration. It is
 * invisible from then on, and removed from the shard in the next epoch of the shard. The epoch with
 * which {@code Trigger.drain()} ends event time expires nothing, so that the timers that it fires
 * still see all values; after it, all values with an expiry in event time have expired.
 *
 * @param domain the clock
 * @param after the duration, at least 1 ms
 * @since 0.1
 */
public record Expiry(TimeDomain domain, Duration after) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /**
   * Checks the duration.
   *
   * @throws IllegalArgumentException if {@code after} is shorter than 1 ms
   */
  public Expiry {
    requireNonNull(domain, "domain");
    if (after.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "after must be at least 1 ms, was [%s]; leave the expiry out for values that never expire"
              .formatted(after));
    }
  }
}
