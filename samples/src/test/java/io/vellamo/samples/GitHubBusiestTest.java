package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vellamo.samples.SampleProcess.Outcome;
import io.vellamo.samples.busiest.Busiest;
import io.vellamo.samples.github.BundledEvents;
import io.vellamo.samples.github.GitHubEvent;
import io.vellamo.samples.run.PartFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a whole, on the bundled events. */
final class GitHubBusiestTest {
  private static final String SAMPLE = "github-busiest";

  @TempDir private Path directory;

  @Test
  void bundledEvents_giveTheBusiestActorOfEachMinuteOnce() throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE);
    Outcome second = process.run(SAMPLE);

    assertThat(PartFiles.read(process.out(), Busiest.class))
        .containsExactlyInAnyOrderElementsOf(counted());
    assertThat(first.figure("events")).isEqualTo("10,000");
    assertThat(first.figure("windows")).isEqualTo("22");
    assertThat(second.out()).startsWith("github-busiest: nothing was new");
    assertThat(second.figure("busiest most often"))
        .isEqualTo("LombiqBot (12), gentoo-repo-qa-bot (6), SirEOF (2)");
  }

  @Test
  void bundledEvents_inOtherEpochs_giveTheSame() throws IOException {
    SampleProcess one = new SampleProcess(directory.resolve("one"));
    SampleProcess many = new SampleProcess(directory.resolve("many"));

    one.run(SAMPLE, "--max-events-per-epoch", "20000");
    many.run(SAMPLE, "--max-events-per-epoch", "311");

    assertThat(PartFiles.read(many.out(), Busiest.class))
        .hasSize(22)
        .containsExactlyInAnyOrderElementsOf(PartFiles.read(one.out(), Busiest.class));
  }

  /** Counts without Vellamo. */
  private List<Busiest> counted() throws IOException {
    Map<Instant, Map<String, Long>> counts = new TreeMap<>();
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    Path events = BundledEvents.in(Files.createDirectory(directory.resolve("bundled")));
    try (MappingIterator<GitHubEvent> all =
        json.readerFor(GitHubEvent.class).readValues(events.toFile())) {
      all.forEachRemaining(
          event ->
              counts
                  .computeIfAbsent(
                      event.createdAt().truncatedTo(ChronoUnit.MINUTES), start -> new TreeMap<>())
                  .merge(event.actor(), 1L, Long::sum));
    }
    List<Busiest> busiest = new ArrayList<>();
    counts.forEach((start, actors) -> busiest.add(busiest(start, actors)));
    return busiest;
  }

  /** Of actors with equal counts, the first one wins. */
  private static Busiest busiest(Instant start, Map<String, Long> actors) {
    String actor = "";
    long most = 0;
    for (Map.Entry<String, Long> count : actors.entrySet()) {
      if (count.getValue() > most) {
        actor = count.getKey();
        most = count.getValue();
      }
    }
    return new Busiest(start, actor, most, actors.size());
  }
}
