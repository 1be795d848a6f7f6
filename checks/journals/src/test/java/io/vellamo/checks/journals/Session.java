package io.vellamo.checks.journals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A row of the test's query: readings of a key, each at most the gap after the one before. */
record Session(String key, long start, long end, int readings, long sum) {
  private static final long GAP_MILLIS = Duration.ofSeconds(15).toMillis();

  /** Returns the sessions of readings, by computing them at once. */
  static List<Session> of(List<Reading> readings) {
    Map<String, List<Reading>> byKey =
        readings.stream()
            .collect(Collectors.groupingBy(Reading::key, TreeMap::new, Collectors.toList()));
    return byKey.values().stream().flatMap(ofKey -> ofOneKey(ofKey).stream()).toList();
  }

  /** Returns the sessions of one key's readings, earliest first. */
  static List<Session> ofOneKey(List<Reading> readings) {
    List<Session> sessions = new ArrayList<>();
    readings.stream()
        .sorted(Comparator.comparingLong(Reading::time))
        .forEach(
            reading -> {
              int last = sessions.size() - 1;
              if (last >= 0 && reading.time() <= sessions.get(last).closesAfter()) {
                sessions.set(last, sessions.get(last).plus(reading));
              } else {
                sessions.add(of(reading));
              }
            });
    return sessions;
  }

  /** Returns the last moment at which a reading still belongs to this session. */
  long closesAfter() {
    return end + GAP_MILLIS;
  }

  String toJson() {
    return "{\"key\":\"%s\",\"start\":%d,\"end\":%d,\"readings\":%d,\"sum\":%d}"
        .formatted(key, start, end, readings, sum);
  }

  private static Session of(Reading reading) {
    return new Session(reading.key(), reading.time(), reading.time(), 1, reading.value());
  }

  private Session plus(Reading reading) {
    return new Session(key, start, reading.time(), readings + 1, sum + reading.value());
  }
}
