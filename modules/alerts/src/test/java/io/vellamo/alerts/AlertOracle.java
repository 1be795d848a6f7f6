package io.vellamo.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one rule and key, found by looking at every second. All times and durations are
 * whole seconds.
 */
final class AlertOracle {
  /**
   * A rule in numbers.
   *
   * @param below the value below which the rule is violated; null for a rule about silence
   * @param above the value above which an incident ends; null for the opposite of {@code below}
   * @param every the seconds between reminders; 0 for none
   */
  record Rule(
      String name,
      @Nullable Double below,
      @Nullable Double above,
      int lasting,
      int cool,
      int every) {
    boolean violates(Reading reading) {
      return below != null && reading.value() < below && !(above != null && clears(reading));
    }

    boolean clears(Reading reading) {
      return below == null || (above == null ? reading.value() >= below : reading.value() > above);
    }

    AlertRule<Reading> toRule() {
      return below == null ? silence() : condition(below);
    }

    private AlertRule<Reading> silence() {
      SilenceBuilder<Reading> builder =
          AlertRule.<Reading>whenSilentFor(seconds(lasting)).coolingDownFor(seconds(cool));
      return (every == 0 ? builder : builder.remindingEvery(seconds(every))).named(name);
    }

    private AlertRule<Reading> condition(double limit) {
      ConditionBuilder<Reading> builder =
          AlertRule.when((Reading reading) -> reading.value() < limit)
              .lasting(seconds(lasting))
              .coolingDownFor(seconds(cool));
      Double clear = above;
      builder = clear == null ? builder : builder.clearsWhen(reading -> reading.value() > clear);
      return (every == 0 ? builder : builder.remindingEvery(seconds(every))).named(name);
    }

    private static Duration seconds(int seconds) {
      return Duration.ofSeconds(seconds);
    }
  }

  private final Rule rule;
  private final List<String> found = new ArrayList<>();
  private final String key;
  private long since = -1;
  private long open = -1;
  private long ended = Long.MIN_VALUE / 2;

  private AlertOracle(Rule rule, String key) {
    this.rule = rule;
    this.key = key;
  }

  /**
   * Returns the alerts as {@link AlertCheck#text}.
   *
   * @param readings the key's readings, in the order of arrival
   * @param end the watermark in the end; not a reading's time
   */
  static List<String> alerts(Rule rule, String key, List<Reading> readings, long end) {
    TreeMap<Long, List<Reading>> bySecond = new TreeMap<>();
    readings.forEach(
        reading ->
            bySecond
                .computeIfAbsent(reading.time().getEpochSecond(), none -> new ArrayList<>())
                .add(reading));
    AlertOracle oracle = new AlertOracle(rule, key);
    for (long second = 0; second < end; second++) {
      for (Reading reading : bySecond.getOrDefault(second, List.of())) {
        oracle.look(reading, second);
      }
      oracle.pass(second);
    }
    return oracle.found;
  }

  private void look(Reading reading, long second) {
    if (open >= 0) {
      if (rule.clears(reading)) {
        add(AlertKind.RESOLVED, second);
        open = -1;
        since = -1;
        ended = second;
      } else {
        return;
      }
    }
    if (rule.below() == null) {
      since = second;
    } else if (rule.violates(reading)) {
      since = since < 0 ? second : since;
      triggerIfDue(second);
    } else {
      since = -1;
    }
  }

  private void pass(long second) {
    if (open < 0) {
      triggerIfDue(second);
    } else if (rule.every() > 0 && second > open && (second - open) % rule.every() == 0) {
      add(AlertKind.REMINDED, second);
    }
  }

  private void triggerIfDue(long second) {
    if (since >= 0 && second >= since + rule.lasting() && second >= ended + rule.cool()) {
      open = second;
      add(AlertKind.TRIGGERED, second);
    }
  }

  private void add(AlertKind kind, long second) {
    found.add(
        AlertCheck.text(
            new Alert(
                rule.name(),
                key,
                "",
                kind,
                Severity.ERROR,
                Instant.ofEpochSecond(since),
                Instant.ofEpochSecond(open),
                Instant.ofEpochSecond(second),
                null,
                "")));
  }
}
