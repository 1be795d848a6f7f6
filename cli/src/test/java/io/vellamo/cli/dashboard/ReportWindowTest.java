package io.vellamo.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReportWindowTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final ObjectMapper json = new ObjectMapper();
  private final ReportWindow window = new ReportWindow();

  /** A report whose epoch had 10 events, of which one was late, and 5 rows, and took 100 ms. */
  private JsonNode report(String run, int epoch, long millis) {
    return json.valueToTree(
        json.createObjectNode()
            .put("runId", run)
            .put("epoch", epoch)
            .put("timestamp", START.plusMillis(millis).toString())
            .put("duration", "PT0.1S")
            .put("rows", 5)
            .<ObjectNode>set("events", counts(10))
            .set("total", counts(10L * epoch)));
  }

  private JsonNode counts(long input) {
    return json.createObjectNode().put("input", input).put("late", input / 10);
  }

  @Test
  void rates_areThoseBetweenTheFirstAndTheLastReport() {
    window.add(report("a", 1, 0));
    window.add(report("a", 3, 1000));
    window.add(report("a", 5, 4000));

    assertThat(window.eventsPerSecond("input")).isEqualTo(10);
    assertThat(window.eventsPerSecond("late")).isEqualTo(1);
    assertThat(window.rowsPerSecond()).isEqualTo(5);
  }

  @Test
  void rate_ofOneReport_isThatOfItsDuration() {
    window.add(report("a", 1, 0));

    assertThat(window.eventsPerSecond("input")).isEqualTo(100);
    assertThat(window.rowsPerSecond()).isEqualTo(50);
  }

  @Test
  void rates_withoutReports_areZero() {
    assertThat(window.eventsPerSecond("input")).isZero();
    assertThat(window.rowsPerSecond()).isZero();
  }

  @Test
  void report_ofTheSameEpoch_isIgnored() {
    window.add(report("a", 2, 1000));
    window.add(report("a", 2, 9000));

    assertThat(window.last()).isEqualTo(report("a", 2, 1000));
  }

  @Test
  void report_ofAnotherRun_beginsAnew() {
    window.add(report("a", 100, 0));
    window.add(report("b", 1, 60_000));

    assertThat(window.eventsPerSecond("input")).isEqualTo(100);
    assertThat(window.last().path("runId").asText()).isEqualTo("b");
  }

  @Test
  void window_holdsTheLastReports() {
    for (int epoch = 1; epoch <= 40; epoch++) {
      // Slow in the first half.
      window.add(report("a", epoch, epoch <= 20 ? epoch * 1000L : 20_000 + (epoch - 20) * 100L));
    }

    assertThat(window.eventsPerSecond("input")).isEqualTo(100);
  }
}
