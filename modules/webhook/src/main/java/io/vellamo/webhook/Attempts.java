package io.vellamo.webhook;

import java.time.Duration;

/**
 * The retries of a request.
 *
 * @param attempts the largest number of times a request is sent
 * @param first the pause before the second attempt; each later pause is twice the one before
 * @param longest the longest of these pauses
 */
record Attempts(int attempts, Duration first, Duration longest) {
  static final Attempts DEFAULT = new Attempts(5, Duration.ofMillis(200), Duration.ofSeconds(10));

  Attempts {
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "attempts must be positive, was [%d]; 1 means no retry".formatted(attempts));
    }
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses must not be negative, and the longest must not be shorter than the first, were [%s, %s]"
              .formatted(first, longest));
    }
  }

  /** Returns the pause after an attempt, from 1, without regard to the endpoint's wishes. */
  Duration pauseAfter(int attempt) {
    Duration pause = first;
    for (int i = 1; i < attempt && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
