package io.vellamo.connectors.process;

import java.time.Instant;

/**
 * An event of the tests of processors.
 *
 * @param key its grouping key
 * @param text what it says
 * @param second its event time, in seconds since 1970
 */
record Input(String key, String text, long second) {
  static Input at(String key, long second) {
    return new Input(key, "", second);
  }

  static Input of(String key, String text) {
    return new Input(key, text, 0);
  }

  Instant time() {
    return Instant.ofEpochSecond(second);
  }
}
