package io.vellamo.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.alerts.AlertOracle.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random rules on random series, out of order within the watermark delay, in random epochs and with
 * restarts, against {@link AlertOracle}. {@code -Dseeds=5000} runs more.
 */
final class AlertPropertiesTest {
  private static final int DELAY = 8;
  private static final long END = 400;

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("seeds", 60));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void alerts_areThoseOfTheOracle(int seed) {
    Random random = new Random(seed);
    List<Rule> rules = rules(random);
    List<Reading> readings = readings(random);
    List<Alert> alerts = run(random, rules, readings);

    for (Rule rule : rules) {
      for (String machine : List.of("a", "b")) {
        List<Reading> own =
            readings.stream().filter(reading -> reading.machine().equals(machine)).toList();
        List<String> expected = AlertOracle.alerts(rule, machine, own, END - DELAY);
        assertThat(of(rule, machine, alerts)).as("%s of seed %d", rule, seed).isEqualTo(expected);
      }
    }
    assertThat(AlertCheck.faults(alerts)).as("seed %d", seed).isEmpty();
  }

  private static List<String> of(Rule rule, String machine, List<Alert> alerts) {
    return AlertCheck.texts(
        alerts.stream()
            .filter(alert -> alert.rule().equals(rule.name()) && alert.key().equals(machine))
            .toList());
  }

  private static List<Rule> rules(Random random) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean silence = random.nextInt(3) == 0;
      rules.add(
          new Rule(
              "r" + i,
              silence ? null : (double) random.nextInt(2, 8),
              silence || random.nextBoolean() ? null : (double) random.nextInt(1, 9),
              silence ? random.nextInt(1, 20) : random.nextInt(0, 12),
              random.nextInt(3) == 0 ? random.nextInt(30) : 0,
              random.nextInt(3) == 0 ? random.nextInt(1, 15) : 0));
    }
    return rules;
  }

  /** Returns readings of two machines, without late ones. */
  private static List<Reading> readings(Random random) {
    List<Reading> readings = new ArrayList<>();
    double[] values = {random.nextInt(10), random.nextInt(10)};
    long newest = DELAY;
    while (newest < END - 50) {
      newest += random.nextInt(random.nextInt(10) == 0 ? 30 : 4);
      int machine = random.nextInt(2);
      values[machine] = Math.floorMod((long) values[machine] + random.nextInt(-2, 3), 10);
      long second = random.nextInt(3) == 0 ? newest - random.nextInt(DELAY) : newest;
      readings.add(Reading.of(machine == 0 ? "a" : "b", values[machine], second));
    }
    return readings;
  }

  private static List<Alert> run(Random random, List<Rule> rules, List<Reading> readings) {
    List<AlertRule<Reading>> all = rules.stream().map(Rule::toRule).toList();
    try (AlertRun run =
        AlertRun.start(
            Duration.ofSeconds(DELAY),
            () -> AlertRules.inEventTime(all.get(0), all.get(1), all.get(2)))) {
      int next = 0;
      while (next < readings.size()) {
        int end = Math.min(readings.size(), next + random.nextInt(1, 12));
        run.add(readings.subList(next, end));
        next = end;
        if (random.nextInt(6) == 0) {
          run.query().restart();
        }
      }
      run.add(List.of(Reading.of("clock", 100, END)));
      return List.copyOf(run.alerts());
    }
  }
}
