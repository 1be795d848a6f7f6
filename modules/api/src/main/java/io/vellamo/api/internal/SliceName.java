package io.vellamo.api.internal;

import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Windows;
import java.time.Duration;

/**
 * The name of the variable of open slices or sessions. It tells where slices begin and end, so that
 * a query that is started with other slices does not take the stored ones for its own.
 */
final class SliceName {
  private SliceName() {}

  static String of(Windows<?> windows) {
    if (windows instanceof TimeWindows time) {
      long offset = Math.floorMod(time.offsetMillis(), time.sliceMillis());
      return "slices-"
          + Duration.ofMillis(time.sliceMillis())
          + (offset == 0 ? "" : "-" + Duration.ofMillis(offset));
    }
    return "sessions";
  }
}
