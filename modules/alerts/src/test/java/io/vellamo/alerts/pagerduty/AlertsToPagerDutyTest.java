package io.vellamo.alerts.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.alerts.Alert;
import io.vellamo.alerts.AlertRule;
import io.vellamo.alerts.AlertRules;
import io.vellamo.alerts.pagerduty.PagerDutyStandIn.Accepted;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A query from readings to pages, while the endpoint fails and the query restarts. */
@Timeout(60)
final class AlertsToPagerDutyTest {
  /** An event. */
  record Level(String tank, int value, Instant time) {}

  private static final AlertRule<Level> LOW =
      AlertRule.when((Level level) -> level.value() < 3)
          .lasting(Duration.ofSeconds(2))
          .clearsWhen(level -> level.value() > 5)
          .named("low");

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("seeds", 5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pages_areThoseOfAnUndisturbedRun(int seed) throws Exception {
    List<Level> levels = levels(new Random(seed));

    Map<String, List<String>> undisturbed = run(levels, new Random(seed), 0);
    Map<String, List<String>> disturbed = run(levels, new Random(seed), 5);

    assertThat(undisturbed).hasSizeGreaterThan(5);
    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(undisturbed.values()).allMatch(List.of("trigger", "resolve")::equals);
  }

  /** Returns the actions of each incident, without those that were sent again. */
  private static Map<String, List<String>> run(List<Level> levels, Random random, int oneFailureIn)
      throws Exception {
    Random failures = new Random(random.nextLong());
    MemorySource<Level> source = MemorySource.create();
    try (PagerDutyStandIn standIn =
        PagerDutyStandIn.start(
            () -> {
              synchronized (failures) {
                return oneFailureIn > 0 && failures.nextInt(oneFailureIn) == 0 ? 503 : 0;
              }
            })) {
      PagerDutySink<Alert> sink =
          PagerDuty.sink(PagerDutyStandIn.ROUTING_KEY)
              .withEndpoint(standIn.uri())
              .withRetries(1, Duration.ZERO, Duration.ZERO);
      StreamingQueryHarness<Level, Level> query =
          StreamingQueryHarness.start(
              events -> source.addTo(0, events),
              List::of,
              start ->
                  start
                      .from(source)
                      .withWatermark(Level::time, Duration.ZERO)
                      .groupByKey(Level::tank)
                      .process(OutputMode.APPEND, AlertRules.inEventTime(LOW))
                      .to(sink));
      for (int i = 0; i < levels.size(); i += 10) {
        List<Level> epoch = levels.subList(i, Math.min(levels.size(), i + 10));
        addUntilAccepted(query, epoch.toArray(Level[]::new));
        if (oneFailureIn > 0 && random.nextInt(4) == 0) {
          query.restart();
        }
      }
      query.close();
      return actions(standIn.accepted());
    }
  }

  private static void addUntilAccepted(StreamingQueryHarness<Level, Level> query, Level... levels) {
    try {
      query.add(levels);
    } catch (StreamingQueryException e) {
      resumeUntilAccepted(query);
    }
  }

  private static void resumeUntilAccepted(StreamingQueryHarness<Level, Level> query) {
    boolean isAccepted = false;
    while (!isAccepted) {
      try {
        query.restart();
        isAccepted = true;
      } catch (StreamingQueryException e) {
        isAccepted = false;
      }
    }
  }

  private static Map<String, List<String>> actions(List<Accepted> accepted) {
    Map<String, Accepted> byKey = new LinkedHashMap<>();
    accepted.forEach(request -> byKey.putIfAbsent(request.idempotencyKey(), request));
    Map<String, List<String>> actions = new LinkedHashMap<>();
    byKey
        .values()
        .forEach(
            request ->
                actions
                    .computeIfAbsent(request.dedupKey(), none -> new ArrayList<>())
                    .add(request.action()));
    return actions;
  }

  /** Returns levels of three tanks, with which every incident ends. */
  private static List<Level> levels(Random random) {
    List<Level> levels = new ArrayList<>();
    for (int second = 0; second < 200; second++) {
      int value = second < 195 ? random.nextInt(9) / (second % 30 < 10 ? 4 : 1) : 9;
      levels.add(new Level("t" + second % 3, value, Instant.ofEpochSecond(second)));
    }
    levels.add(new Level("clock", 9, Instant.ofEpochSecond(300)));
    return levels;
  }
}
