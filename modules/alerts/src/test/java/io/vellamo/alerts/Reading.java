package io.vellamo.alerts;

import java.time.Instant;

/** An event of the tests: a temperature of a machine. */
record Reading(String machine, double value, Instant time) {
  static Reading of(String machine, double value, long second) {
    return new Reading(machine, value, Instant.ofEpochSecond(second));
  }
}
