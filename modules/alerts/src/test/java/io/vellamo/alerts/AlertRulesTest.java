package io.vellamo.alerts;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.ProcessorHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules in event time, second by second. */
final class AlertRulesTest {
  private static final ConditionBuilder<Double> COLD = AlertRule.when((Double value) -> value < 60);

  private static Instant second(long second) {
    return Instant.ofEpochSecond(second);
  }

  private static ProcessorHarness<String, Double, Alert> script(AlertRule<Double> rule) {
    return ProcessorHarness.process(
        OutputMode.APPEND, AlertRules.<String, Double>inEventTime(rule));
  }

  private static Alert alert(AlertKind kind, long at, long start, long triggered) {
    return alert(kind, at, start, triggered, 0);
  }

  private static Alert alert(AlertKind kind, long at, long start, long triggered, int ordinal) {
    return new Alert(
        "cold",
        "a",
        IncidentId.of("cold", "a", second(start), ordinal),
        kind,
        Severity.ERROR,
        second(start),
        second(triggered),
        second(at),
        null,
        "");
  }

  private static Alert triggered(long at, long start) {
    return alert(AlertKind.TRIGGERED, at, start, at);
  }

  private static Alert resolved(long at, long start, long triggered) {
    return alert(AlertKind.RESOLVED, at, start, triggered);
  }

  private static Alert reminded(long at, long start, long triggered) {
    return alert(AlertKind.REMINDED, at, start, triggered);
  }

  @Test
  void rule_withoutDuration_triggersAtTheFirstEventAndResolvesAtTheNextGoodOne() {
    script(COLD.named("cold"))
        .event("a", 70.0, second(1))
        .event("a", 50.0, second(2))
        .event("a", 40.0, second(3))
        .event("a", 60.0, second(4))
        .advanceWatermark(second(4))
        .expectRows(triggered(2, 2), resolved(4, 2, 2))
        .advanceWatermark(second(5))
        .expectNoRows()
        .expectNothingKept()
        .verify();
  }

  @Test
  void event_isAppliedWhenTheWatermarkReachesIt() {
    script(COLD.named("cold"))
        .event("a", 50.0, second(2))
        .advanceWatermark(second(2).minusMillis(1))
        .expectNoRows()
        .advanceWatermark(second(2))
        .expectRows(triggered(2, 2))
        .verify();
  }

  @Test
  void violation_ofExactlyTheDuration_triggersAtItsEnd() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .advanceWatermark(second(25))
        .expectNoRows()
        .advanceWatermark(second(25).plusMillis(1))
        .expectRowAt(triggered(25, 10), second(25))
        .verify();
  }

  @Test
  void eventThatConfirms_exactlyAfterTheDuration_triggersAtOnce() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .event("a", 55.0, second(25))
        .advanceWatermark(second(25))
        .expectRows(triggered(25, 10))
        .verify();
  }

  @Test
  void eventThatContradicts_exactlyAfterTheDuration_preventsTheTrigger() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .event("a", 61.0, second(25))
        .advanceWatermark(second(100))
        .expectNoRows()
        .expectNothingKept()
        .verify();
  }

  @Test
  void eventThatContradicts_afterTheDuration_comesTooLate() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .event("a", 61.0, second(26))
        .advanceWatermark(second(100))
        .expectRows(triggered(25, 10), resolved(26, 10, 25))
        .verify();
  }

  @Test
  void violation_thatIsInterrupted_beginsAgain() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .event("a", 61.0, second(20))
        .event("a", 50.0, second(21))
        .advanceWatermark(second(36))
        .expectNoRows()
        .advanceWatermark(second(37))
        .expectRows(triggered(36, 21))
        .verify();
  }

  @Test
  void silentKey_staysViolated() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(10))
        .advanceWatermark(second(1000))
        .expectRows(triggered(25, 10))
        .verify();
  }

  @Test
  void clearingCondition_leavesTheIncidentOpenInBetween() {
    script(COLD.clearsWhen(value -> value > 65).named("cold"))
        .event("a", 50.0, second(1))
        .event("a", 62.0, second(2))
        .event("a", 65.0, second(3))
        .event("a", 65.5, second(4))
        .event("a", 62.0, second(5))
        .advanceWatermark(second(10))
        .expectRows(triggered(1, 1), resolved(4, 1, 1))
        .verify();
  }

  @Test
  void eventThatViolatesAndClears_endsTheIncidentOnly() {
    script(COLD.clearsWhen(value -> value > 55).named("cold"))
        .event("a", 57.0, second(1))
        .event("a", 50.0, second(2))
        .event("a", 57.0, second(3))
        .advanceWatermark(second(10))
        .expectRows(triggered(2, 2), resolved(3, 2, 2))
        .verify();
  }

  @Test
  void coolDown_delaysTheNextTriggerToItsEnd() {
    script(COLD.coolingDownFor(ofSeconds(10)).named("cold"))
        .event("a", 50.0, second(1))
        .event("a", 70.0, second(2))
        .event("a", 50.0, second(5))
        .advanceWatermark(second(12))
        .expectRows(triggered(1, 1), resolved(2, 1, 1))
        .advanceWatermark(second(13))
        .expectRows(triggered(12, 5))
        .verify();
  }

  @Test
  void coolDown_thatOutlastsTheViolation_suppressesIt() {
    script(COLD.coolingDownFor(ofSeconds(10)).named("cold"))
        .event("a", 50.0, second(1))
        .event("a", 70.0, second(2))
        .event("a", 50.0, second(5))
        .event("a", 70.0, second(12))
        .event("a", 50.0, second(13))
        .advanceWatermark(second(20))
        .expectRows(triggered(1, 1), resolved(2, 1, 1), triggered(13, 13))
        .verify();
  }

  @Test
  void coolDown_thatIsOver_isForgotten() {
    script(COLD.coolingDownFor(ofSeconds(10)).named("cold"))
        .event("a", 50.0, second(1))
        .event("a", 70.0, second(2))
        .advanceWatermark(second(12))
        .expectRows(triggered(1, 1), resolved(2, 1, 1))
        .advanceWatermark(second(13))
        .expectNothingKept()
        .verify();
  }

  @Test
  void reminders_areDueAtMultiplesOfTheirInterval() {
    script(COLD.lasting(ofSeconds(5)).remindingEvery(ofSeconds(10)).named("cold"))
        .event("a", 50.0, second(0))
        .advanceWatermark(second(16))
        .expectRows(triggered(5, 0), reminded(15, 0, 5))
        .advanceWatermark(second(36))
        .expectRows(reminded(25, 0, 5), reminded(35, 0, 5))
        .event("a", 70.0, second(45))
        .advanceWatermark(second(60))
        .expectRows(resolved(45, 0, 5))
        .verify();
  }

  @Test
  void silence_exactlyOfTheDuration_isInTime() {
    script(AlertRule.<Double>whenSilentFor(ofSeconds(10)).named("cold"))
        .event("a", 1.0, second(0))
        .event("a", 1.0, second(10))
        .event("a", 1.0, second(21))
        .advanceWatermark(second(31))
        .expectRows(triggered(20, 10), resolved(21, 10, 20))
        .advanceWatermark(second(32))
        .expectRows(triggered(31, 21))
        .verify();
  }

  @Test
  void incidentsOfTheSameStart_haveDifferentIds() {
    script(COLD.named("cold"))
        .event("a", 50.0, second(1))
        .event("a", 70.0, second(1))
        .event("a", 50.0, second(1))
        .advanceWatermark(second(1))
        .expectRows(triggered(1, 1), resolved(1, 1, 1), alert(AlertKind.TRIGGERED, 1, 1, 1, 1))
        .verify();
  }

  @Test
  void eventsOutOfOrder_areAppliedInOrder() {
    script(COLD.lasting(ofSeconds(15)).named("cold"))
        .event("a", 50.0, second(30))
        .event("a", 70.0, second(20))
        .endEpoch()
        .event("a", 50.0, second(10))
        .event("a", 50.0, second(27))
        .advanceWatermark(second(50))
        .expectRows(triggered(42, 27))
        .verify();
  }

  @Test
  void valueAndSummary_areThoseOfTheLatestEvent() {
    AlertRule<Double> rule =
        COLD.lasting(ofSeconds(2))
            .withSeverity(Severity.CRITICAL)
            .withValue(value -> value)
            .withSummary(value -> value + " degrees")
            .named("cold");
    script(rule)
        .event("a", 50.0, second(1))
        .event("a", 51.0, second(2))
        .event("a", 61.0, second(5))
        .advanceWatermark(second(10))
        .expectRows(
            quoting(triggered(3, 1), 51.0, "51.0 degrees"),
            quoting(resolved(5, 1, 3), 61.0, "61.0 degrees"))
        .verify();
  }

  private static Alert quoting(Alert alert, double value, String summary) {
    return new Alert(
        alert.rule(),
        alert.key(),
        alert.incidentId(),
        alert.kind(),
        Severity.CRITICAL,
        alert.startedAt(),
        alert.triggeredAt(),
        alert.at(),
        value,
        summary);
  }

  @Test
  void rules_areIndependent() {
    AlertRule<Object> silent = AlertRule.whenSilentFor(ofSeconds(10)).named("silent");
    GroupProcessor<String, Double, Alert> both = AlertRules.inEventTime(COLD.named("cold"), silent);
    Alert silence =
        new Alert(
            "silent",
            "a",
            IncidentId.of("silent", "a", second(1), 0),
            AlertKind.TRIGGERED,
            Severity.ERROR,
            second(1),
            second(11),
            second(11),
            null,
            "");

    ProcessorHarness.process(OutputMode.APPEND, both)
        .event("a", 50.0, second(1))
        .advanceWatermark(second(12))
        .expectRows(triggered(1, 1), silence)
        .verify();
  }

  @Test
  void durationBeyondTime_neverEnds() {
    script(COLD.lasting(Duration.ofDays(36_500)).named("cold"))
        .event("a", 50.0, Instant.ofEpochMilli(Long.MAX_VALUE - 10))
        .advanceWatermark(Instant.ofEpochMilli(Long.MAX_VALUE - 5))
        .expectNoRows()
        .verify();
  }

  @Test
  void incidentId_dependsOnRuleKeyAndStartOnly() {
    assertThat(IncidentId.of("cold", "a", second(1), 0))
        .isEqualTo("cold:38126802b6d2a55ac2904c3e72da4475")
        .isNotEqualTo(IncidentId.of("cold", "b", second(1), 0))
        .isNotEqualTo(IncidentId.of("col", "da", second(1), 0))
        .isNotEqualTo(IncidentId.of("cold", "a", second(2), 0))
        .isNotEqualTo(IncidentId.of("cold", "a", second(1), 1));
  }

  @Test
  void keyWithoutTextOfItsOwn_needsOne() {
    AtomicInteger key = new AtomicInteger(7);

    assertThatThrownBy(() -> KeyText.of(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was of class [java.lang.Object]; give its text with withKeyText");
    assertThat(KeyText.of(key)).isEqualTo("7");
    assertThat(KeyText.of(null)).isEqualTo("null");
  }

  @Test
  void rules_withoutNameOrRange_areRefused() {
    AlertRule<Double> rule = COLD.named("cold");

    assertThatThrownBy(() -> COLD.named(" ")).hasMessageContaining("name must have from 1 to 90");
    assertThatThrownBy(() -> COLD.named("x".repeat(91))).hasMessageContaining("name must have");
    assertThatThrownBy(() -> COLD.lasting(ofSeconds(-1)))
        .hasMessage("duration must be from 0 to 36500 days, was [PT-1S]");
    assertThatThrownBy(() -> COLD.remindingEvery(Duration.ZERO))
        .hasMessage("interval must be from 1 ms to 36500 days, was [PT0S]");
    assertThatThrownBy(() -> AlertRule.whenSilentFor(Duration.ofNanos(1)))
        .hasMessageStartingWith("silence must be from 1 ms");
    assertThatThrownBy(() -> AlertRules.<String, Double>inEventTime(rule, rule))
        .hasMessage("rules must have different names, found [cold] twice; rename one");
    assertThatThrownBy(() -> AlertRules.<String, Double>inEventTime())
        .hasMessageStartingWith("rules must not be empty");
  }
}
