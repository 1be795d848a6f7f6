package io.vellamo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.SampleProcess.Outcome;
import io.vellamo.samples.run.PartFiles;
import io.vellamo.samples.sessions.ActorSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample as a whole, on the bundled events and on small files. */
final class GitHubSessionsTest {
  private static final String SAMPLE = "github-sessions";

  @TempDir private Path directory;

  @Test
  void bundledEvents_giveKnownSessionsOnce() throws IOException {
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE);
    List<ActorSession> sessions = sessions(process);
    Outcome second = process.run(SAMPLE);

    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).startsWith("github-sessions: 10,000 events were new");
    assertThat(sessions).hasSize(6494);
    assertThat(sessions.stream().mapToLong(ActorSession::events).sum()).isEqualTo(10_000);
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).startsWith("github-sessions: nothing was new");
    assertThat(sessions(process)).isEqualTo(sessions);
    assertSameFigures(first, second);
  }

  @Test
  void bundledEvents_inOtherEpochs_giveTheSameSessions() throws IOException {
    SampleProcess small = new SampleProcess(directory.resolve("small"));
    SampleProcess whole = new SampleProcess(directory.resolve("whole"));

    assertThat(small.run(SAMPLE, "--max-events-per-epoch", "173").exitCode()).isZero();
    assertThat(whole.run(SAMPLE, "--max-events-per-epoch", "20000").exitCode()).isZero();

    assertThat(sessions(small)).hasSize(6494);
    assertThat(sessions(small)).containsExactlyInAnyOrderElementsOf(sessions(whole));
  }

  @ParameterizedTest
  @CsvSource({"PT30S, '7,047'", "PT300S, '5,155'"})
  void gap_decidesTheNumberOfSessions(String gap, String sessions) {
    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--gap", gap);

    assertThat(outcome.figure("sessions")).isEqualTo(sessions);
    assertThat(outcome.figure("events")).isEqualTo("10,000");
    assertThat(outcome.figure("late")).isEqualTo("0");
  }

  @Test
  void actor_inAnyForm_isRead() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"{\\"login\\":\\"ann\\"}","created_at":"2018-01-01T11:00:00Z"}
            {"type":"A","actor":{"login":"ann"},"created_at":"2018-01-01T11:01:00Z"}
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:02:00.001Z"}
            """);
    SampleProcess process = new SampleProcess(directory);

    Outcome outcome = process.run(SAMPLE, "--input", input.toString());

    assertThat(outcome.figure("dead-lettered")).isEqualTo("0");
    assertThat(outcome.figure("longest session"))
        .isEqualTo("PT1M by ann, 2 events from 2018-01-01T11:00:00Z");
    assertThat(outcome.figure("busiest actors")).isEqualTo("ann (3)");
    assertThat(sessions(process)).hasSize(2);
  }

  @Test
  void brokenLine_isDeadLetteredAndCounted() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:00Z"}
            not JSON at all
            {"type":"A","actor":"{cut off","created_at":"2018-01-01T11:00:00Z"}
            {"type":"A","actor":"ann"}
            {"type":"A","actor":"ann","created_at":"1970-01-01T00:00:00Z"}
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:30Z"}
            """);
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE, "--input", input.toString());
    Outcome second = process.run(SAMPLE, "--input", input.toString());

    assertThat(first.exitCode()).isZero();
    assertThat(first.figure("events")).isEqualTo("6");
    assertThat(first.figure("dead-lettered")).isEqualTo("4");
    assertThat(first.figure("sessions")).isEqualTo("1");
    assertThat(process.out().resolve("dead-letters"))
        .isDirectoryContaining(file -> content(file).contains("not JSON at all"));
    assertSameFigures(first, second);
  }

  @Test
  void lateEvent_isCountedAndInNoSession() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"ann","created_at":"2018-01-01T12:00:00Z"}
            {"type":"A","actor":"ann","created_at":"2018-01-01T12:00:01Z"}
            {"type":"A","actor":"bob","created_at":"2018-01-01T11:00:00Z"}
            """);

    Outcome outcome =
        new SampleProcess(directory)
            .run(SAMPLE, "--input", input.toString(), "--max-events-per-epoch", "1");

    assertThat(outcome.figure("events")).isEqualTo("3");
    assertThat(outcome.figure("late")).isEqualTo("1");
    assertThat(outcome.figure("busiest actors")).isEqualTo("ann (2)");
  }

  @Test
  void emptyInput_givesNothing() throws IOException {
    Path input = Files.createFile(directory.resolve("input.jsonl"));

    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--input", input.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.figure("events")).isEqualTo("0");
    assertThat(outcome.figure("longest session")).isEqualTo("none");
    assertThat(outcome.figure("busiest actors")).isEqualTo("none");
  }

  @Test
  void run_afterOneThatCouldNotNoteItsCounts_saysSo() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:00Z"}
            """);
    SampleProcess process = new SampleProcess(directory);
    process.run(SAMPLE, "--input", input.toString());
    Files.delete(process.data().resolve("events.properties"));

    Outcome outcome = process.run(SAMPLE, "--input", input.toString());

    assertThat(outcome.figure("events"))
        .isEqualTo("not known, the run before was killed at its very end");
    assertThat(outcome.figure("sessions")).isEqualTo("1");
  }

  private static List<ActorSession> sessions(SampleProcess process) throws IOException {
    return PartFiles.read(process.out(), ActorSession.class);
  }

  private static void assertSameFigures(Outcome first, Outcome second) {
    for (String figure :
        List.of("events", "late", "dead-lettered", "sessions", "longest session")) {
      assertThat(second.figure(figure)).as(figure).isEqualTo(first.figure(figure));
    }
    assertThat(second.figure("busiest actors")).isEqualTo(first.figure("busiest actors"));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
