package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.SampleProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, help and exit codes. */
final class SamplesTest {
  @Test
  void samples_withoutName_areListed() {
    Outcome outcome = SampleProcess.runExactly();

    assertListed(outcome.out());
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void samples_withHelp_areListed() {
    Outcome outcome = SampleProcess.runExactly("--help");

    assertListed(outcome.out());
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void sample_ofUnknownName_isRefusedWithTheList() {
    Outcome outcome = SampleProcess.runExactly("github-nothing");

    assertThat(outcome.err())
        .startsWith("NAME must be one of the samples below, was [github-nothing]");
    assertListed(outcome.err());
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "github-sessions, PT20M",
    "github-alerts, PT20M",
    "github-busiest, PT20M",
    "github-activity, PT20M",
    "flight-windows, P1D"
  })
  void help_ofASample_showsOptionsWithDefaults(String sample, String delay) {
    Outcome outcome = SampleProcess.runExactly(sample, "--help");

    assertThat(outcome.out().replaceAll("\\s+", " "))
        .contains("--delay=DURATION", "Default: " + delay)
        .contains("--max-events-per-epoch=N", "Default: 1000")
        .contains("Default: vellamo-data/" + sample, "Default: vellamo-out/" + sample);
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void sample_whoseQueryFails_saysWhyInOneLine(@TempDir Path directory) throws Exception {
    // A file where the journal has to be is noticed by nobody before the query.
    SampleProcess process = new SampleProcess(directory);
    Files.createDirectories(process.data());
    Files.writeString(process.data().resolve("journal"), "");

    Outcome outcome = process.run("github-sessions");

    assertThat(outcome.err())
        .startsWith("Query [github-sessions] failed: ")
        .contains("must be a directory, found [a file]")
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  private static void assertListed(String text) {
    assertThat(
            text.lines().filter(line -> line.matches("  (github-|flight-|pager|trips|cluster).*")))
        .hasSize(8)
        .allMatch(line -> line.length() < 80);
    assertThat(text).doesNotContain("\n                  ");
  }
}
