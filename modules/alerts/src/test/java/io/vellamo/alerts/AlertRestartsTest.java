package io.vellamo.alerts;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Rules that are others after a restart, and clocks that end or stand still. */
final class AlertRestartsTest {
  // The rules of the next start.
  private Supplier<AlertRules<String, Reading>> rules =
      () -> AlertRules.inEventTime(cold(60, 10).named("cold"));

  private static ConditionBuilder<Reading> cold(double limit, long lasting) {
    return AlertRule.when((Reading reading) -> reading.value() < limit).lasting(ofSeconds(lasting));
  }

  private AlertRun start() {
    return AlertRun.start(Duration.ZERO, () -> rules.get());
  }

  @Test
  void drain_triggersWhatIsViolatedAndRemindsOfNothing() {
    rules =
        () ->
            AlertRules.inEventTime(
                cold(60, 10).remindingEvery(ofSeconds(5)).named("cold"),
                AlertRule.<Reading>whenSilentFor(Duration.ofMinutes(1)).named("silent"));
    try (AlertRun run = start()) {
      run.query().stop();
      run.endWith(Trigger.drain());
      run.add(List.of(Reading.of("a", 50, 0), Reading.of("a", 55, 1)));
      run.query().resume().expectEnded();

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactlyInAnyOrder(
              "cold a TRIGGERED at 10 from 0 triggered 10",
              "silent a TRIGGERED at 61 from 1 triggered 61");
    }
  }

  private static Reading clock(long second) {
    return Reading.of("clock", 100, second);
  }

  @Test
  void incident_isTheSameAfterARestart() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(11)));
      run.query().restart();
      run.add(List.of(Reading.of("a", 70, 12), clock(20)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly(
              "cold a TRIGGERED at 10 from 0 triggered 10",
              "cold a RESOLVED at 12 from 0 triggered 10");
      assertThat(run.alerts())
          .extracting(Alert::incidentId)
          .containsOnly(run.alerts().get(0).incidentId());
    }
  }

  @Test
  void threshold_thatChanges_keepsTheIncident() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(11)));
      run.query().stop();
      rules = () -> AlertRules.inEventTime(cold(40, 10).named("cold"));
      run.query().resume();
      run.add(List.of(Reading.of("a", 50, 12), clock(20)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly(
              "cold a TRIGGERED at 10 from 0 triggered 10",
              "cold a RESOLVED at 12 from 0 triggered 10");
    }
  }

  @Test
  void duration_thatBecomesShorter_countsFromTheSameStart() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(5)));
      run.query().stop();
      rules = () -> AlertRules.inEventTime(cold(60, 3).named("cold"));
      run.query().resume();
      run.add(List.of(Reading.of("a", 51, 6), clock(7)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly("cold a TRIGGERED at 3 from 0 triggered 3");
    }
  }

  @Test
  void duration_thatBecomesLonger_countsFromTheSameStart() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(5)));
      run.query().stop();
      rules = () -> AlertRules.inEventTime(cold(60, 30).named("cold"));
      run.query().resume();
      run.add(List.of(clock(12)));
      assertThat(run.alerts()).isEmpty();
      run.add(List.of(clock(31)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly("cold a TRIGGERED at 30 from 0 triggered 30");
    }
  }

  @Test
  void rule_thatIsAdded_startsWithoutStateAndLeavesTheOthers() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(5)));
      run.query().stop();
      rules = () -> AlertRules.inEventTime(cold(60, 3).named("sooner"), cold(60, 10).named("cold"));
      run.query().resume();
      run.add(List.of(Reading.of("a", 50, 6), clock(15)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactlyInAnyOrder(
              "sooner a TRIGGERED at 9 from 6 triggered 9",
              "cold a TRIGGERED at 10 from 0 triggered 10");
    }
  }

  @Test
  void rule_thatIsRemoved_isForgottenWithItsTimers() {
    rules = () -> AlertRules.inEventTime(cold(60, 3).named("sooner"), cold(60, 10).named("cold"));
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0), clock(2)));
      run.query().stop();
      rules = () -> AlertRules.inEventTime(cold(60, 10).named("cold"));
      run.query().resume();
      run.add(List.of(Reading.of("a", 50, 2), clock(15)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly("cold a TRIGGERED at 10 from 0 triggered 10");
    }
  }

  @Test
  void clock_thatChanges_isRefused() {
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 0)));
      run.query().stop();
      rules = () -> AlertRules.inProcessingTime(cold(60, 10).named("cold"));

      run.query()
          .expectFailure(
              StreamingQueryException.class, "[TIMERS in EVENT_TIME]", query -> query.resume());
    }
  }

  @Test
  void processingTime_decidesInOrderOfArrival() {
    rules =
        () -> AlertRules.inProcessingTime(cold(60, 10).remindingEvery(ofSeconds(20)).named("cold"));
    try (AlertRun run = start()) {
      run.query().advance(ofSeconds(1000));
      run.add(List.of(Reading.of("a", 50, 7)));
      run.query().advance(ofSeconds(9));
      assertThat(run.alerts()).isEmpty();
      run.query().advance(ofSeconds(1));
      run.query().advance(ofSeconds(25));
      run.add(List.of(Reading.of("a", 60, 1)));
      run.query().advance(ofSeconds(100));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly(
              "cold a TRIGGERED at 1010 from 1000 triggered 1010",
              "cold a REMINDED at 1030 from 1000 triggered 1010",
              "cold a RESOLVED at 1035 from 1000 triggered 1010");
    }
  }

  @Test
  void processingTime_afterADownTime_remindsOnce() {
    rules =
        () -> AlertRules.inProcessingTime(cold(60, 0).remindingEvery(ofSeconds(20)).named("cold"));
    try (AlertRun run = start()) {
      run.query().advance(ofSeconds(1000));
      run.add(List.of(Reading.of("a", 50, 7)));
      run.query().restartAfter(ofSeconds(110));
      run.query().advance(ofSeconds(15));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly(
              "cold a TRIGGERED at 1000 from 1000 triggered 1000",
              "cold a REMINDED at 1100 from 1000 triggered 1000",
              "cold a REMINDED at 1120 from 1000 triggered 1000");
    }
  }

  @Test
  void processingTime_silence_isFoundWithoutEvents() {
    AlertRule<Reading> silent =
        AlertRule.<Reading>whenSilentFor(Duration.ofMinutes(1)).named("silent");
    rules = () -> AlertRules.inProcessingTime(silent);
    try (AlertRun run = start()) {
      run.add(List.of(Reading.of("a", 50, 7)));
      run.query().advance(ofSeconds(61));
      run.add(List.of(Reading.of("a", 50, 7)));

      assertThat(AlertCheck.texts(run.alerts()))
          .containsExactly(
              "silent a TRIGGERED at 60 from 0 triggered 60",
              "silent a RESOLVED at 61 from 0 triggered 60");
    }
  }
}
