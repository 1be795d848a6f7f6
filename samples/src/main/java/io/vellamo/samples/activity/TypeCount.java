package io.vellamo.samples.activity;

import io.vellamo.api.window.Window;
import java.time.Instant;

/**
 * The number of events of a type in a window, a row of the sample.
 *
 * @param type the kind of event, such as {@code PushEvent}
 * @param start the start of the window
 * @param end its end, exclusive
 * @param count the number of events, at least one
 */
public record TypeCount(String type, Instant start, Instant end, long count) {
  static TypeCount of(String type, Window window, long count) {
    return new TypeCount(type, window.start(), window.end(), count);
  }
}
