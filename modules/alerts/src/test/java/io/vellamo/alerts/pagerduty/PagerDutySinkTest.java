package io.vellamo.alerts.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.alerts.Alert;
import io.vellamo.alerts.AlertKind;
import io.vellamo.alerts.Severity;
import io.vellamo.alerts.pagerduty.PagerDutyStandIn.Accepted;
import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.webhook.RejectedRow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PagerDutySinkTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private static Alert alert(AlertKind kind, String summary) {
    return new Alert(
        "too-cold",
        "pump-7",
        "too-cold:1",
        kind,
        Severity.CRITICAL,
        START,
        START.plusSeconds(60),
        START.plusSeconds(120),
        59.5,
        summary);
  }

  private static PagerDutySink<Alert> sink(PagerDutyStandIn standIn) {
    return quick(PagerDuty.sink(PagerDutyStandIn.ROUTING_KEY), standIn);
  }

  private static <U> PagerDutySink<U> quick(PagerDutySink<U> sink, PagerDutyStandIn standIn) {
    return sink.withEndpoint(standIn.uri())
        .withTimeout(Duration.ofSeconds(5))
        .withMaxInFlight(2)
        .withRetries(2, Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <U> void write(RowSink<U> sink, U... rows) throws Exception {
    try (SinkWriter<U> writer = sink.open(new SinkContext("q", new UUID(0, 1), 0))) {
      writer.write(new ListEpochRows<>("q", 1, List.of(rows)));
    }
  }

  @Test
  void alerts_triggerAndResolveTheirIncident() throws Exception {
    try (PagerDutyStandIn standIn = PagerDutyStandIn.start()) {
      write(
          sink(standIn),
          alert(AlertKind.TRIGGERED, "59.5 degrees"),
          alert(AlertKind.REMINDED, ""),
          alert(AlertKind.RESOLVED, "66 degrees"));

      assertThat(standIn.accepted())
          .extracting(Accepted::action)
          .containsExactly("trigger", "trigger", "resolve");
      assertThat(standIn.accepted()).extracting(Accepted::dedupKey).containsOnly("too-cold:1");
      assertThat(standIn.accepted().get(0).body().get("payload"))
          .hasToString(
              "{\"summary\":\"59.5 degrees\",\"source\":\"pump-7\",\"severity\":\"critical\","
                  + "\"timestamp\":\"2026-01-01T10:02:00Z\",\"custom_details\":{"
                  + "\"rule\":\"too-cold\",\"kind\":\"TRIGGERED\","
                  + "\"started at\":\"2026-01-01T10:00:00Z\","
                  + "\"triggered at\":\"2026-01-01T10:01:00Z\",\"value\":\"59.5\"}}");
      assertThat(standIn.accepted().get(1).body().at("/payload/summary").asText())
          .isEqualTo("too-cold: pump-7");
      assertThat(standIn.accepted().get(2).body().has("payload")).isFalse();
    }
  }

  @Test
  void events_acknowledge() throws Exception {
    try (PagerDutyStandIn standIn = PagerDutyStandIn.start()) {
      write(
          quick(PagerDuty.events(PagerDutyStandIn.ROUTING_KEY), standIn),
          PagerDutyEvent.trigger("k", "text", "host", Severity.INFO),
          PagerDutyEvent.acknowledge("k"),
          PagerDutyEvent.resolve("k"));

      assertThat(standIn.accepted())
          .extracting(Accepted::action)
          .containsExactly("trigger", "acknowledge", "resolve");
    }
  }

  @Test
  void longSummary_isCutBetweenCharacters() throws Exception {
    try (PagerDutyStandIn standIn = PagerDutyStandIn.start()) {
      write(sink(standIn), alert(AlertKind.TRIGGERED, "x".repeat(1023) + "\ud83d\ude00y"));

      assertThat(standIn.accepted().get(0).body().at("/payload/summary").asText())
          .isEqualTo("x".repeat(1023));
    }
  }

  @Test
  void unknownRoutingKey_isRejectedWithoutShowingIt() throws Exception {
    MemorySink<RejectedRow<Alert>> rejected = MemorySink.create();
    try (PagerDutyStandIn standIn = PagerDutyStandIn.start()) {
      PagerDutySink<Alert> sink = quick(PagerDuty.sink("hush"), standIn);
      Alert alert = alert(AlertKind.TRIGGERED, "private");

      assertThatThrownBy(() -> write(sink, alert))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("answered with [status 400]")
          .hasMessageNotContainingAny("hush", "private");
      assertThat(sink.toString()).startsWith("Webhook[http://127.0.0.1:").doesNotContain("hush");
      assertThat(PagerDutyRequest.of("hush", PagerDutyEvent.of(alert)).toString())
          .doesNotContain("hush");

      write(sink.deadLettersTo(rejected), alert);
      assertThat(rejected.rows()).extracting(RejectedRow::row).containsExactly(alert);
    }
  }

  @Test
  void limitedRate_isRetried() throws Exception {
    int[] answers = {429, 0, 429, 429};
    int[] next = {0};
    try (PagerDutyStandIn standIn = PagerDutyStandIn.start(() -> answers[next[0]++])) {
      write(sink(standIn), alert(AlertKind.TRIGGERED, ""));
      assertThat(standIn.accepted()).hasSize(1);

      assertThatThrownBy(() -> write(sink(standIn), alert(AlertKind.TRIGGERED, "")))
          .isInstanceOf(RetryableException.class);
    }
  }

  @Test
  void invalidArguments_areRefused() {
    assertThatThrownBy(() -> PagerDuty.sink(" ")).hasMessageContaining("has [1] characters");
    assertThatThrownBy(() -> PagerDuty.sink("k").withEndpoint(URI.create("ftp://example.org")))
        .hasMessageContaining("has scheme [ftp]");
    assertThatThrownBy(() -> PagerDuty.sink("k").withMaxInFlight(0))
        .hasMessage("requests must be positive, was [0]");
    assertThatThrownBy(() -> PagerDutyEvent.resolve("x".repeat(256)))
        .hasMessage("dedupKey must have from 1 to 255 characters, has [256]");
    assertThatThrownBy(() -> PagerDutyEvent.trigger("k", "", "host", Severity.INFO))
        .hasMessageContaining("have [0] and [4] characters");
  }
}
