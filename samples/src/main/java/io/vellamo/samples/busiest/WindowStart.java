package io.vellamo.samples.busiest;

import java.time.Duration;
import java.time.Instant;

/** The starts of windows of equal length, one after the other since 1970. */
final class WindowStart {
  private WindowStart() {}

  /** Returns the start of the window of a time. */
  static Instant of(Instant time, Duration window) {
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis - Math.floorMod(millis, window.toMillis()));
  }
}
