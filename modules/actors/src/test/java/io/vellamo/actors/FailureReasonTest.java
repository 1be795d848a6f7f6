package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reason that a query's failure names, and what it says of the epoch's rows. */
final class FailureReasonTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void journalDirectoryInUse_isNamedWithItsHolder(@TempDir Path directory) throws Exception {
    String settings =
        """
        vellamo.journal.plugin = "vellamo.embedded-journal.journal"
        vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
        vellamo.embedded-journal.dir = "%s"
        """
            .formatted(directory);
    try (TestSystem first = TestSystem.start(settings);
        TestSystem second = TestSystem.start(settings)) {
      words(first).processAllAvailable();

      assertThatThrownBy(words(second)::awaitTermination)
          .isInstanceOf(StreamingQueryException.class)
          .hasMessageContaining("must be open once, found it in use by [this process, process ")
          .hasMessageContaining("stop that one first");
    }
  }

  @Test
  void sinkThatFails_mayHoldRows() {
    StreamingQuery query =
        system
            .vellamo()
            .query("q")
            .from(words)
            .to(
                Foreach.<String>each(
                    row -> {
                      throw new IOException("No space left\non device");
                    }))
            .start();
    words.add("x");

    assertThatThrownBy(query::awaitTermination)
        .hasMessageStartingWith(
            "Query [q] failed in epoch [1]: writing to Foreach failed: [java.io.IOException]: No"
                + " space left on device, at io.vellamo.actors.FailureReasonTest.")
        .hasMessageEndingWith("; sinks may hold rows of the epoch, a restart runs it again");
  }

  @Test
  void epochThatAnEarlierRunPlanned_mayHaveBeenEmittedByIt() {
    AtomicReference<String> where = new AtomicReference<>("sink");
    StreamingQuery first = failing(where);
    words.add("x");
    assertThatThrownBy(first::awaitTermination).hasMessageContaining("sinks may hold rows");

    where.set("map");

    assertThatThrownBy(failing(where)::awaitTermination)
        .hasMessageContaining("map failed")
        .hasMessageEndingWith(
            "; an earlier run may have emitted rows of the epoch, a restart runs it again");
  }

  private StreamingQuery failing(AtomicReference<String> where) {
    return system
        .vellamo()
        .query("q")
        .from(words)
        .map(word -> passOrThrow("map", where, word))
        .to(Foreach.<String>each(word -> passOrThrow("sink", where, word)))
        .start();
  }

  private static String passOrThrow(String here, AtomicReference<String> where, String word) {
    if (here.equals(where.get())) {
      throw new IllegalStateException("on purpose");
    }
    return word;
  }

  /** Returns errors and exceptions, including errors that Pekko treats as fatal to the JVM. */
  static Stream<Throwable> thrown() {
    return Stream.of(
        new Error("on purpose"),
        new OutOfMemoryError("on purpose"),
        new NoClassDefFoundError("on purpose"),
        new StackOverflowError("on purpose"),
        new IOException("on purpose"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverAStageThrows_failsTheQuery(Throwable thrown) {
    StreamingQuery query =
        system.vellamo().query("q").from(words).<String>map(word -> sneak(thrown)).to(rows).start();
    words.add("x");

    assertFails(query, thrown);
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverASinkThrows_failsTheQuery(Throwable thrown) {
    StreamingQuery query =
        system
            .vellamo()
            .query("q")
            .from(words)
            .to(Foreach.<String>each(row -> sneak(thrown)))
            .start();
    words.add("x");

    assertFails(query, thrown);
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverASourceThrows_failsTheQuery(Throwable thrown) {
    EventSource<String> source =
        new EventSource<>() {
          @Override
          public String description() {
            return "throwing";
          }

          @Override
          public boolean isReplayable() {
            return true;
          }

          @Override
          public SourceReader<String> open(SourceContext context) {
            return sneak(thrown);
          }
        };

    assertFails(system.vellamo().query("q").from(source).to(rows).start(), thrown);
  }

  private static void assertFails(StreamingQuery query, Throwable thrown) {
    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("[" + thrown.getClass().getName() + "]: on purpose");
    assertThat(query.exception()).isPresent();
  }

  private StreamingQuery words(TestSystem where) {
    return where.vellamo().query("words").from(words).to(rows).start();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T sneak(@Nullable Throwable thrown) {
    FailureReasonTest.<RuntimeException>rethrow(thrown);
    throw new AssertionError();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(@Nullable Throwable thrown) throws T {
    throw (T) thrown;
  }
}
