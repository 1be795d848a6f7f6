package io.vellamo.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A series of the Numenta Anomaly Benchmark, from a file that may lie beside the project. */
final class MachineTemperatureTest {
  private static final Path FILE =
      Path.of("shared/data/nab/data/realKnownCause/machine_temperature_system_failure.csv");

  /** The series has an hour twice, because clocks were set back. */
  private static final Duration DISORDER = Duration.ofHours(1);

  private static final AlertRule<Reading> TOO_COLD =
      AlertRule.when((Reading reading) -> reading.value() < 60)
          .lasting(Duration.ofMinutes(15))
          .clearsWhen(reading -> reading.value() > 65)
          .named("machine-too-cold");

  @Test
  void series_hasSixteenIncidents() throws IOException {
    List<Reading> readings = readings();
    try (AlertRun run = AlertRun.start(DISORDER, () -> AlertRules.inEventTime(TOO_COLD))) {
      for (int next = 0; next < readings.size(); next += 100) {
        run.add(readings.subList(next, Math.min(readings.size(), next + 100)));
      }

      assertThat(run.alerts()).filteredOn(alert -> alert.kind() == AlertKind.TRIGGERED).hasSize(16);
      assertThat(run.alerts()).filteredOn(alert -> alert.kind() == AlertKind.RESOLVED).hasSize(16);
      assertThat(AlertCheck.faults(run.alerts())).isEmpty();
      assertThat(run.alerts().get(0).at()).isEqualTo("2013-12-05T17:45:00Z");
      assertThat(run.alerts().get(31).at()).isEqualTo("2014-02-09T12:10:00Z");
    }
  }

  private static List<Reading> readings() throws IOException {
    Optional<Path> file = file();
    assumeTrue(file.isPresent(), "the series lies beside the project");
    try (var lines = Files.lines(file.orElseThrow())) {
      return lines.skip(1).map(MachineTemperatureTest::reading).toList();
    }
  }

  private static Optional<Path> file() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path file = directory.resolve(FILE);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
      directory = directory.getParent();
    }
    return Optional.empty();
  }

  private static Reading reading(String line) {
    String[] fields = line.split(",", -1);
    LocalDateTime time = LocalDateTime.parse(fields[0].replace(' ', 'T'));
    return new Reading("machine", Double.parseDouble(fields[1]), time.toInstant(ZoneOffset.UTC));
  }
}
