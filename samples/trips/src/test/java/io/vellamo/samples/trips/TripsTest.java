package io.vellamo.samples.trips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a whole, with both servers. */
final class TripsTest {
  /** The end of a run. */
  private record Outcome(int exitCode, String out, String err) {}

  @TempDir private Path directory;

  private Outcome run(String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    List<String> arguments = new ArrayList<>(List.of("trips"));
    arguments.addAll(
        List.of("--out=" + directory.resolve("out"), "--data=" + directory.resolve("data")));
    arguments.addAll(List.of(options));
    int exitCode = Samples.run(terminal, arguments.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The broker would report what such a file lacks, on top of the sample's own lines. */
  @Test
  void brokersLogger_findsNoSettingsOfOthers() {
    assertThat(Trips.class.getResource("/log4j2.xml")).isNull();
  }

  private List<JsonNode> rows(String file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("out").resolve(file))) {
      rows.add(mapper.readTree(line));
    }
    return rows;
  }

  @Test
  @Timeout(300)
  void secondRun_goesOnFromTheFirst() throws IOException {
    Outcome first = run("--for=PT25S");
    List<JsonNode> tripsOfFirst = rows("trips.jsonl");
    Outcome second = run("--for=PT5S");
    List<JsonNode> trips = rows("trips.jsonl");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(first.out()).contains("positions read", "trips: the time is over");
    assertThat(tripsOfFirst).isNotEmpty();
    assertThat(trips).containsAll(tripsOfFirst).hasSizeGreaterThan(tripsOfFirst.size());
    assertThat(trips)
        .allSatisfy(
            trip -> {
              assertThat(trip.get("vehicle").asText()).matches("vehicle-0[01][0-9]");
              assertThat(trip.get("positions").asLong()).isPositive();
              assertThat(trip.get("km").asDouble()).isNotNegative();
            });
    Map<String, List<JsonNode>> running =
        rows("running-trips.jsonl").stream()
            .collect(Collectors.groupingBy(row -> row.get("vehicle").asText()));
    assertThat(running.values())
        .allSatisfy(
            rows -> {
              assertThat(rows).hasSize(1);
              assertThat(rows.get(0).get("trip_positions").asLong()).isPositive();
            });
  }

  @Test
  void options_outOfRange_areRefused() {
    assertRefused("--vehicles must be from 1 to 1000, was [0]", "--vehicles=0");
    assertRefused("--rate must be from 20 to 100000, was [10]", "--rate=10");
    assertRefused("--for must be a positive duration, was [1m]", "--for=1m");
  }

  private void assertRefused(String message, String option) {
    Outcome outcome = run(option);

    assertThat(outcome.err()).startsWith(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
