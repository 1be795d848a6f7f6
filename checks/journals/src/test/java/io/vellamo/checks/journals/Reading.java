package io.vellamo.checks.journals;

/** An event of the test's query, in milliseconds since 1970. */
record Reading(String key, long time, int value) {
  String toJson() {
    return "{\"key\":\"%s\",\"time\":%d,\"value\":%d}".formatted(key, time, value);
  }
}
