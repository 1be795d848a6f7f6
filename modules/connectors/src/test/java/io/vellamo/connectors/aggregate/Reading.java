package io.vellamo.connectors.aggregate;

import java.time.Instant;

/**
 * An event of the tests of aggregations.
 *
 * @param key its grouping key
 * @param second its event time, in seconds since 1970
 * @param value what is aggregated
 */
record Reading(String key, long second, double value) {
  static Reading at(long second) {
    return at("a", second);
  }

  static Reading at(String key, long second) {
    return new Reading(key, second, 1);
  }

  Instant time() {
    return Instant.ofEpochSecond(second);
  }
}
