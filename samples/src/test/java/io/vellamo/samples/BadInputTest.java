package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.SampleProcess.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the user gets wrong is told in one line, and does nothing. */
final class BadInputTest {
  private static final String SAMPLE = "github-sessions";
  private static final String EVENT =
      """
      {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:00Z"}
      """;

  @TempDir private Path directory;

  private SampleProcess process;
  private Path input;

  @BeforeEach
  void writeInput() throws IOException {
    process = new SampleProcess(directory);
    input = Files.writeString(directory.resolve("input.jsonl"), EVENT);
  }

  @ParameterizedTest
  @CsvSource({
    "--gap, PT0S, must be a positive duration",
    "--gap, -PT1S, must be a positive duration",
    "--gap, soon, must be a positive duration",
    "--gap, P4000D, must be at most 3650 days",
    "--delay, -PT1S, must be a duration of zero or more",
    "--delay, '', must be a duration of zero or more",
    "--max-events-per-epoch, 0, must be positive",
  })
  void option_outOfRange_isRefused(String option, String value, String rule) {
    Outcome outcome = process.run(SAMPLE, option, value);

    assertRefused(outcome, "%s %s, was [%s]; ".formatted(option, rule, value));
    assertThat(process.data()).doesNotExist();
  }

  @Test
  void option_ofNoSample_isRefused() {
    assertRefused(
        process.run(SAMPLE, "--nope"),
        "Unknown option: '--nope'; see bin/sample github-sessions --help");
  }

  @Test
  void number_thatIsNone_isRefused() {
    assertRefused(
        process.run(SAMPLE, "--max-events-per-epoch", "many"),
        "Invalid value for option '--max-events-per-epoch': 'many' is not a long; see");
  }

  @Test
  void input_missing_isRefused() {
    Path missing = directory.resolve("missing.jsonl");

    assertRefused(
        process.run(SAMPLE, "--input", missing.toString()),
        "--input must be a readable file, found nothing at [%s]; ".formatted(missing));
  }

  @Test
  void input_directory_isRefused() {
    assertRefused(
        process.run(SAMPLE, "--input", directory.toString()),
        "--input must be a readable file, found a directory at [%s]; ".formatted(directory));
  }

  @Test
  void out_belowAFile_isRefused() {
    String below = input.resolve("out").toString();

    assertRefused(
        SampleProcess.runExactly(SAMPLE, "--data", process.data().toString(), "--out", below),
        "--out must be a directory that can be written, found [");
  }

  @Test
  void data_belowAFile_isRefused() {
    String below = input.resolve("data").toString();

    assertRefused(
        SampleProcess.runExactly(SAMPLE, "--data", below, "--out", process.out().toString()),
        "--data must be a directory that can be written, found [");
  }

  @Test
  void data_inUse_isRefused() throws IOException {
    Files.createDirectories(process.data());
    try (FileChannel channel =
            FileChannel.open(
                process.data().resolve("sample.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();

      assertRefused(
          run(),
          "--data must be used by one process at a time, found [%s] in use by process ["
              .formatted(process.data()));
    }
  }

  @Test
  void data_madeWithAnotherGap_isRefused() {
    assertThat(run().exitCode()).isZero();

    assertRefused(
        run("--gap", "PT30S"),
        "--gap must be [PT1M], as when --data [%s] was made, was [PT30S]; use that again"
            .formatted(process.data()));
  }

  @Test
  void data_madeWithAnotherInput_isRefused() {
    assertThat(run().exitCode()).isZero();

    assertRefused(
        process.run(SAMPLE),
        "--input must be [%s], as when --data [%s] was made, was [bundled events]; use that again"
            .formatted(input, process.data()));
  }

  @Test
  void data_madeWithAShorterInput_isRefused() throws IOException {
    assertThat(run().exitCode()).isZero();
    Files.writeString(input, EVENT, StandardOpenOption.APPEND);

    assertRefused(run(), "size of --input in bytes must be [63], as when --data");
  }

  @Test
  void data_ofAnotherSample_isRefused() {
    assertThat(run().exitCode()).isZero();

    assertRefused(
        process.run("github-alerts", "--input", input.toString()),
        "sample must be [github-sessions], as when --data");
  }

  @Test
  void out_withOtherResults_isRefused() {
    assertThat(run().exitCode()).isZero();
    String fresh = directory.resolve("fresh").toString();
    String used = process.out().toString();

    assertRefused(
        SampleProcess.runExactly(
            SAMPLE, "--data", fresh, "--out", used, "--input", input.toString()),
        "--out must hold no results of another --data, found [1] files in [%s]; ".formatted(used));
  }

  private Outcome run(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "--input";
    all[1] = input.toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return process.run(SAMPLE, all);
  }

  private static void assertRefused(Outcome outcome, String beginning) {
    assertThat(outcome.err()).startsWith(beginning).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
