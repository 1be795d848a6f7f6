package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vellamo.samples.SampleProcess.Outcome;
import io.vellamo.samples.activity.TypeCount;
import io.vellamo.samples.github.BundledEvents;
import io.vellamo.samples.github.GitHubEvent;
import io.vellamo.samples.run.PartFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample as a whole, on the bundled events. */
final class GitHubActivityTest {
  private static final String SAMPLE = "github-activity";

  @TempDir private Path directory;

  @Test
  void bundledEvents_inAppendMode_giveEachTypeAndMinuteOnce() throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE, "--window", "PT1M", "--mode", "append");
    Outcome second = process.run(SAMPLE, "--window", "PT1M", "--mode", "append");

    assertThat(rows(process))
        .hasSize(256)
        .containsExactlyInAnyOrderElementsOf(counted(Duration.ofMinutes(1), Duration.ofMinutes(1)));
    assertThat(first.figure("late")).isEqualTo("0");
    assertThat(first.figure("sum of counts")).isEqualTo("10,000");
    assertThat(first.figure("largest count"))
        .isEqualTo("PushEvent from 2018-01-01T11:00:00Z (369)");
    assertThat(first.out())
        .contains("2018-01-01T11:00:00Z  2018-01-01T11:01:00Z  PushEvent  369\n");
    assertThat(second.out()).startsWith("github-activity: nothing was new");
    assertThat(second.figure("sum of counts")).isEqualTo("10,000");
  }

  @ParameterizedTest
  @CsvSource({
    "append, PT5M, PT1M, 1000",
    "append, PT90S, PT1M, 311",
    "append, PT7M, PT7M, 20000",
    "update, PT1M, PT1M, 1000",
    "update, PT90S, PT20S, 311",
    "complete, PT1M, PT1M, 1000",
    "complete, PT10M, PT4M, 311"
  })
  void lastRows_inAnyMode_equalAPlainCount(
      String mode, String window, String slide, String eventsPerEpoch) throws IOException {
    SampleProcess process = new SampleProcess(directory);
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--mode", mode, "--window", window, "--slide", slide));
    options.addAll(List.of("--max-events-per-epoch", eventsPerEpoch));

    Outcome outcome = process.run(SAMPLE, options.toArray(String[]::new));

    Collection<TypeCount> expected = counted(Duration.parse(window), Duration.parse(slide));
    List<TypeCount> rows = rows(process);
    assertThat(last(rows)).containsExactlyInAnyOrderElementsOf(expected);
    if (mode.equals("append")) {
      assertThat(rows).hasSameSizeAs(expected);
    }
    assertThat(outcome.figure("types and windows")).isEqualTo("%,d".formatted(expected.size()));
  }

  @Test
  void update_printsEachChangeOnALine() {
    Outcome outcome =
        new SampleProcess(directory)
            .run(SAMPLE, "--window", "PT1H", "--max-events-per-epoch", "4000");

    assertThat(outcome.out().lines().filter(line -> line.contains("  PushEvent  ")))
        .hasSize(3)
        .last()
        .asString()
        .endsWith("  PushEvent  5843");
  }

  @Test
  void slide_longerThanTheWindow_isRefused() {
    Outcome outcome =
        new SampleProcess(directory).run(SAMPLE, "--window", "PT1M", "--slide", "PT2M");

    assertThat(outcome.err())
        .isEqualTo(
            "--slide must not be longer than --window [PT1M], was [PT2M]; events between two windows would not be counted\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void window_withAFractionOfAMillisecond_isRefused() {
    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--window", "PT0.0005S");

    assertThat(outcome.err())
        .isEqualTo("--window must be in whole milliseconds, was [PT0.0005S]; drop the fraction\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void mode_ofAnotherName_isRefused() {
    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--mode", "UPSERT");

    assertThat(outcome.err())
        .isEqualTo("--mode must be append, update or complete, was [UPSERT]; give one of these\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void data_ofAnotherMode_isRefused() {
    SampleProcess process = new SampleProcess(directory);
    process.run(SAMPLE, "--mode", "append");

    Outcome outcome = process.run(SAMPLE, "--mode", "update");

    assertThat(outcome.err()).startsWith("--mode must be [append], as when --data [");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private static List<TypeCount> rows(SampleProcess process) throws IOException {
    return PartFiles.read(process.out(), TypeCount.class);
  }

  /** Returns the last row of each type and window. */
  private static Collection<TypeCount> last(List<TypeCount> rows) {
    Map<List<Object>, TypeCount> last = new LinkedHashMap<>();
    rows.forEach(row -> last.put(List.of(row.type(), row.start()), row));
    return last.values();
  }

  /** Counts without Vellamo, window by window. */
  private Collection<TypeCount> counted(Duration window, Duration slide) throws IOException {
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    Path events = BundledEvents.in(Files.createDirectory(directory.resolve("bundled")));
    Map<List<Object>, TypeCount> counts = new HashMap<>();
    try (MappingIterator<GitHubEvent> all =
        json.readerFor(GitHubEvent.class).readValues(events.toFile())) {
      while (all.hasNext()) {
        GitHubEvent event = all.next();
        long time = event.createdAt().toEpochMilli();
        long start = time / slide.toMillis() * slide.toMillis();
        for (; start + window.toMillis() > time; start -= slide.toMillis()) {
          Instant from = Instant.ofEpochMilli(start);
          TypeCount one = new TypeCount(event.type(), from, from.plus(window), 1);
          counts.merge(
              List.of(event.type(), from),
              one,
              (sum, more) ->
                  new TypeCount(sum.type(), sum.start(), sum.end(), sum.count() + more.count()));
        }
      }
    }
    return counts.values();
  }
}
