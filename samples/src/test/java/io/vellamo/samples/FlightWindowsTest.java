package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vellamo.samples.SampleProcess.Outcome;
import io.vellamo.samples.flights.Departures;
import io.vellamo.samples.run.PartFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample as a whole, on the bundled flights and on small files. */
final class FlightWindowsTest {
  private static final String SAMPLE = "flight-windows";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;

  @Test
  void bundledFlights_giveTheDeparturesOfEachHourOnce() throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE, "--min-departures", "5");
    Outcome second = process.run(SAMPLE, "--min-departures", "5");

    assertThat(rows(process)).hasSize(7670).containsExactlyInAnyOrderElementsOf(counted(1, 1, 5));
    assertThat(first.figure("events")).isEqualTo("19,492");
    assertThat(first.figure("late")).isEqualTo("0");
    assertThat(first.figure("sum of departures")).isEqualTo("9,220");
    assertThat(first.out())
        .contains("2014-01-11T11:00:00Z  ATL: 5 departures, on average 108 minutes late\n");
    assertThat(second.out()).startsWith("flight-windows: nothing was new");
    assertThat(second.figure("alerts")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"24, 24, 20000", "24, 6, 1777", "5, 2, 1000"})
  void bundledFlights_inOtherWindowsAndEpochs_equalAPlainCount(
      int hours, int slideHours, String eventsPerEpoch) throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome outcome =
        process.run(
            SAMPLE,
            "--window=PT" + hours + "H",
            "--slide=PT" + slideHours + "H",
            "--max-events-per-epoch=" + eventsPerEpoch);

    List<Departures> expected = counted(hours, slideHours, 10);
    assertThat(rows(process)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(outcome.figure("alerts"))
        .isEqualTo(Long.toString(expected.stream().filter(Departures::alert).count()));
  }

  @Test
  void alert_needsEnoughDeparturesAndMoreDelay() throws IOException {
    StringBuilder flights = new StringBuilder();
    for (int number = 1; number <= 10; number++) {
      flights.append(flight(number, "AAA", 900 + number, number == 1 ? 61 : 60));
      flights.append(flight(number, "BBB", 900 + number, 60));
    }
    for (int number = 1; number <= 9; number++) {
      flights.append(flight(number, "CCC", 900 + number, 500));
    }
    Path input = Files.writeString(directory.resolve("flights.jsonl"), flights);

    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--input", input.toString());

    assertThat(outcome.out().lines().filter(line -> line.contains("departures, on average")))
        .containsExactly("2014-01-01T09:00:00Z  AAA: 10 departures, on average 60 minutes late");
  }

  @Test
  void flight_thatDidNotDepart_isNotCounted() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("flights.jsonl"),
            flight(1, "AAA", 930, null) + flight(2, "AAA", 930, 4) + flight(3, "AAA", 1001, 7));

    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--input", input.toString());

    assertThat(outcome.figure("events")).isEqualTo("3");
    assertThat(outcome.figure("sum of departures")).isEqualTo("2");
    assertThat(outcome.figure("airports and windows")).isEqualTo("2");
  }

  @Test
  void flight_atATimeThatIsNone_isDeadLettered() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("flights.jsonl"),
            flight(1, "AAA", 960, 1) + flight(2, "AAA", 2400, 1) + flight(3, "AAA", 2359, 1));

    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--input", input.toString());

    assertThat(outcome.figure("dead-lettered")).isEqualTo("2");
    assertThat(outcome.figure("sum of departures")).isEqualTo("1");
  }

  @Test
  void minDepartures_ofZero_isRefused() {
    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--min-departures", "0");

    assertThat(outcome.err())
        .isEqualTo("--min-departures must be positive, was [0]; give 1 or more\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private static String flight(int number, String origin, int time, @Nullable Integer delay) {
    return """
    {"Carrier":"V","FlightNum":%d,"Origin":"%s","FlightDate":"2014-01-01","CRSDepTime":%d,"DepDelay":%s}
    """
        .formatted(number, origin, time, delay);
  }

  private static List<Departures> rows(SampleProcess process) throws IOException {
    return PartFiles.read(process.out(), Departures.class);
  }

  /** Counts without Vellamo, window by window. */
  private List<Departures> counted(int hours, int slideHours, int minDepartures)
      throws IOException {
    Path flights = new SampleProcess(directory).data().resolve("flights.jsonl");
    Map<List<Object>, IntSummaryStatistics> windows = new HashMap<>();
    try (Stream<String> lines = Files.lines(flights)) {
      lines
          .distinct()
          .map(FlightWindowsTest::json)
          .forEach(each -> add(each, hours, slideHours, windows));
    }
    return windows.entrySet().stream()
        .map(
            each -> {
              Instant start = (Instant) each.getKey().get(1);
              long departures = each.getValue().getCount();
              double mean = each.getValue().getAverage();
              return new Departures(
                  (String) each.getKey().get(0),
                  start,
                  start.plus(Duration.ofHours(hours)),
                  departures,
                  mean,
                  departures >= minDepartures && mean > 60);
            })
        .toList();
  }

  private static void add(
      JsonNode flight, int hours, int slideHours, Map<List<Object>, IntSummaryStatistics> windows) {
    if (flight.get("DepDelay").isNull()) {
      return;
    }
    long time =
        LocalDate.parse(flight.get("FlightDate").textValue())
                    .atStartOfDay(ZoneOffset.UTC)
                    .toEpochSecond()
                / 3600
            + flight.get("CRSDepTime").intValue() / 100;
    for (long start = time / slideHours * slideHours; start + hours > time; start -= slideHours) {
      windows
          .computeIfAbsent(
              List.of(flight.get("Origin").textValue(), Instant.ofEpochSecond(start * 3600)),
              key -> new IntSummaryStatistics())
          .accept(flight.get("DepDelay").intValue());
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
