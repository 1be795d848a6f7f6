package io.vellamo.samples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.samples.SampleProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a whole, with a stand-in that fails now and then. */
final class PagerTest {
  @TempDir private Path directory;

  @Test
  void run_endsByItselfAndLeavesWhatArrived() throws IOException {
    Outcome outcome =
        SampleProcess.runExactly(
            "pager",
            "--out=" + directory,
            "--for=PT10S",
            "--machines=100",
            "--rate=500",
            "--fail-one-in=4");

    List<JsonNode> events = events();
    Map<String, List<String>> byIncident =
        events.stream()
            .collect(
                groupingBy(
                    event -> event.get("dedup_key").asText(),
                    mapping(event -> event.get("event_action").asText(), toList())));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(byIncident).isNotEmpty();
    assertThat(byIncident.values())
        .allSatisfy(
            actions ->
                assertThat(String.join(" ", actions)).matches("trigger( trigger)*( resolve)?"));
    assertThat(events).noneMatch(event -> event.has("routing_key"));
    assertThat(outcome.figure("incidents opened")).isEqualTo("" + byIncident.size());
    assertThat(outcome.out())
        .contains("TRIGGER       critical  machine-", "answered one request with 503")
        .contains("A stand-in for PagerDuty receives events at http://127.0.0.1:");
  }

  private List<JsonNode> events() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("pages.jsonl"))) {
      events.add(mapper.readTree(line));
    }
    return events;
  }

  @Test
  void options_outOfRange_areRefused() {
    assertRefused("--machines must be from 1 to 1000, was [0]", "--machines=0");
    assertRefused("--for must be a positive duration, was [1m]", "--for=1m");
  }

  private void assertRefused(String message, String option) {
    Outcome outcome = SampleProcess.runExactly("pager", "--out=" + directory, option);

    assertThat(outcome.err()).startsWith(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
