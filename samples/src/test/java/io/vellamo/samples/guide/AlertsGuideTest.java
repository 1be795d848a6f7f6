package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.alerts.Alert;
import io.vellamo.alerts.AlertKind;
import io.vellamo.alerts.AlertRule;
import io.vellamo.alerts.AlertRules;
import io.vellamo.alerts.Severity;
import io.vellamo.alerts.pagerduty.PagerDuty;
import io.vellamo.alerts.pagerduty.PagerDutyEvent;
import io.vellamo.alerts.pagerduty.PagerDutySink;
import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ProcessorHarness;
import io.vellamo.testkit.StreamingQueryHarness;
import io.vellamo.webhook.Webhook;
import io.vellamo.webhook.WebhookSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules and sinks of the pages about alerts, webhooks and PagerDuty. */
final class AlertsGuideTest {
  record Reading(String machine, double value, Instant time) {}

  private static final AlertRule<Reading> TOO_COLD =
      AlertRule.when((Reading reading) -> reading.value() < 60)
          .lasting(Duration.ofMinutes(15))
          .clearsWhen(reading -> reading.value() > 65)
          .coolingDownFor(Duration.ofMinutes(10))
          .remindingEvery(Duration.ofMinutes(30))
          .withSeverity(Severity.CRITICAL)
          .withValue(Reading::value)
          .withSummary(reading -> reading.machine() + " has " + reading.value() + " degrees")
          .named("machine-too-cold");

  private static final AlertRule<Reading> SILENT =
      AlertRule.<Reading>whenSilentFor(Duration.ofHours(1)).named("machine-silent");

  private static EventStream<Alert> alerts(EventStream<Reading> readings) {
    EventStream<Alert> alerts =
        readings
            .withWatermark(Reading::time, Duration.ofMinutes(1))
            .groupByKey(Reading::machine)
            .process(OutputMode.APPEND, AlertRules.inEventTime(TOO_COLD, SILENT));
    return alerts;
  }

  @Test
  void picture_isWhatTheRuleEmits() {
    MemorySource<Reading> readings = MemorySource.create();
    MemorySink<Alert> rows = MemorySink.create();
    StreamingQueryHarness<Reading, Alert> query =
        StreamingQueryHarness.start(
            events -> readings.addTo(0, events),
            rows::rows,
            start -> alerts(start.from(readings)).to(rows));

    query.add(at("09:55", 70), at("10:00", 50), at("10:05", 50), at("10:10", 50));
    query.add(at("10:15", 50), at("10:30", 62), at("10:50", 70), at("11:00", 70)).close();

    assertThat(rows.rows())
        .extracting(alert -> alert.kind() + " at " + alert.at().toString().substring(11, 16))
        .containsExactly("TRIGGERED at 10:15", "REMINDED at 10:45", "RESOLVED at 10:50");
    assertThat(rows.rows().get(0).summary()).isEqualTo("pump has 50.0 degrees");
  }

  private static Reading at(String time, double value) {
    return new Reading("pump", value, Instant.parse("2026-01-01T" + time + ":00Z"));
  }

  @Test
  void rule_isTestedAlone() {
    Instant ten = Instant.parse("2026-01-01T10:00:00Z");
    AlertRule<Double> rule =
        AlertRule.when((Double value) -> value < 60)
            .lasting(Duration.ofMinutes(15))
            .named("too-cold");

    ProcessorHarness.process(OutputMode.APPEND, AlertRules.<String, Double>inEventTime(rule))
        .event("pump", 50.0, ten)
        .advanceWatermark(ten.plus(Duration.ofMinutes(15)))
        .expectNoRows()
        .advanceWatermark(ten.plus(Duration.ofMinutes(16)))
        .expectRows(
            new Alert(
                "too-cold",
                "pump",
                "too-cold:5f63c9ea4ff2633ff37ef24078868a28",
                AlertKind.TRIGGERED,
                Severity.ERROR,
                ten,
                ten.plus(Duration.ofMinutes(15)),
                ten.plus(Duration.ofMinutes(15)),
                null,
                ""))
        .verify();
  }

  private static QueryBuilder webhook(
      QueryStart start, MemorySource<Reading> readings, String token) {
    return alerts(start.from(readings))
        .to(
            Webhook.<Alert>sink(URI.create("https://example.org/hooks/alerts"))
                .withHeader("Authorization", "Bearer " + token)
                .orderedBy(Alert::incidentId)
                .deadLettersTo(JsonLines.sink(Path.of("rejected"))));
  }

  private static WebhookSink<Alert> batches(URI endpoint) {
    WebhookSink<Alert> sink =
        Webhook.<Alert>sink(endpoint)
            .withBody(alert -> new Message(alert.key(), alert.summary()))
            .inBatchesOf(100)
            .withMaxInFlight(4)
            .withTimeout(Duration.ofSeconds(5))
            .withRetries(8, Duration.ofMillis(500), Duration.ofSeconds(30))
            .idempotent();
    return sink;
  }

  record Message(String machine, String text) {}

  private static PagerDutySink<Alert> pagerDuty(String routingKey) {
    PagerDutySink<Alert> sink =
        PagerDuty.sink(routingKey)
            .withEndpoint(URI.create("https://events.eu.pagerduty.com/v2/enqueue"))
            .deadLettersTo(JsonLines.sink(Path.of("rejected")));
    return sink;
  }

  record Ticket(String incident, boolean isTaken) {}

  private static QueryBuilder acknowledgements(
      QueryStart start, MemorySource<Ticket> tickets, String routingKey) {
    return start
        .from(tickets)
        .filter(Ticket::isTaken)
        .map(ticket -> PagerDutyEvent.acknowledge(ticket.incident()))
        .to(PagerDuty.events(routingKey));
  }

  @Test
  void sinks_nameTheirEndpointOnly() {
    List<String> descriptions =
        List.of(
            batches(URI.create("https://example.org/hooks/alerts")).description(),
            pagerDuty("0123").description());

    assertThat(descriptions)
        .containsExactly(
            "Webhook[https://example.org]", "Webhook[https://events.eu.pagerduty.com]");
  }

  @Test
  void queries_startWithTheirSinks() {
    StreamingQueryHarness.<Reading, Alert>start(
            readings -> readings.clear(),
            List::of,
            start -> webhook(start, MemorySource.create(), "token"))
        .close();
    StreamingQueryHarness.<Ticket, Ticket>start(
            tickets -> tickets.clear(),
            List::of,
            start -> acknowledgements(start, MemorySource.create(), "0123"))
        .close();
  }
}
