package io.vellamo.samples;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.SampleProcess.Outcome;
import io.vellamo.samples.alerts.PushAlert;
import io.vellamo.samples.run.PartFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a whole, on the bundled events. */
final class GitHubAlertsTest {
  private static final String SAMPLE = "github-alerts";

  @TempDir private Path directory;

  @Test
  void bundledEvents_giveKnownAlertsOnce() throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE);
    Outcome second = process.run(SAMPLE);

    List<PushAlert> alerts = PartFiles.read(process.out(), PushAlert.class);
    Map<String, Long> byActor = alerts.stream().collect(groupingBy(PushAlert::actor, counting()));
    assertThat(byActor)
        .isEqualTo(Map.of("LombiqBot", 10L, "gentoo-repo-qa-bot", 3L, "speedtracker-bot", 1L));
    assertThat(alerts).allMatch(alert -> alert.count() == 20);
    assertThat(first.figure("alerts")).isEqualTo("14");
    assertThat(first.figure("events")).isEqualTo("10,000");
    assertThat(first.out().lines().filter(line -> line.contains(" pushed 20 times"))).hasSize(14);
    assertThat(second.out()).startsWith("github-alerts: nothing was new");
    assertThat(second.figure("most alerts"))
        .isEqualTo("LombiqBot (10), gentoo-repo-qa-bot (3), speedtracker-bot (1)");
  }

  @Test
  void bundledEvents_inOtherEpochs_giveTheSameAlerts() throws IOException {
    SampleProcess one = new SampleProcess(directory.resolve("one"));
    SampleProcess many = new SampleProcess(directory.resolve("many"));

    one.run(SAMPLE, "--max-events-per-epoch", "20000");
    many.run(SAMPLE, "--max-events-per-epoch", "311");

    assertThat(PartFiles.read(many.out(), PushAlert.class))
        .hasSize(14)
        .containsExactlyInAnyOrderElementsOf(PartFiles.read(one.out(), PushAlert.class));
  }
}
