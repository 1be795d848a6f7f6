package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that fail: what they say, and that they leave nothing. */
final class BatchFailureTest {
  @TempDir private Path directory;

  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create(2);

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void functionThatThrowsForRowsOfAnotherOperator_isNamedSo() {
    words.add("a");

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(
            () ->
                words()
                    .groupByKey(word -> word)
                    .flatMapGroups((word, all) -> List.of("b").iterator())
                    .groupByKey(row -> row)
                    .flatMapGroups(BatchFailureTest::failing)
                    .to(any())
                    .runBatch())
        .withMessageContaining("for group [b], called with rows of another operator");
  }

  @Test
  void batchIntoADirectoryWithRows_isRefusedBeforeAnythingIsRead() throws Exception {
    Path out = directory.resolve("out");
    words.add("a");
    toFile(out, "fine");

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> toFile(out, "never called"))
        .withMessageStartingWith(
            "Query [words] failed as a batch: opening the sink failed: Sink [JsonLines[%s]] must"
                + " not hold files of another run of query [words]",
            out);
    assertThat(Files.readString(out.resolve("words-0000000001.jsonl"))).isEqualTo("\"fine\"\n");
  }

  @Test
  void batchThatFailed_leavesNothing_andRunsAgainIntoTheSameDirectory() throws Exception {
    Path out = directory.resolve("out");
    words.add("a");
    words.addTo(1, List.of("b"));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(
            () ->
                words()
                    .groupByKey(word -> word)
                    .flatMapGroups(BatchFailureTest::failing)
                    .to(JsonLines.sink(out))
                    .runBatch())
        .withMessageStartingWith(
            "Query [words] failed as a batch: the function threw [java.lang.IllegalStateException]"
                + " for group [b], source position [memory-1@0]: ")
        .withMessageEndingWith("; a batch runs again from its beginning");
    toFile(out, "fine");

    assertThat(rowFiles(out)).containsExactly("words-0000000001.jsonl");
  }

  @Test
  void functionThatThrowsForAnInitialState_isNamedSo() {
    InitialState<String, Integer> states = InitialState.of(Integer.class, Map.of("b", 1));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(
            () ->
                words()
                    .groupByKey(word -> word)
                    .withInitialState(states)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        (word, events, state) -> failing(word, events))
                    .to(any())
                    .runBatch())
        .withMessageContaining("for group [b], called for its initial state");
  }

  @Test
  void stageThatThrows_isNamedWithItsPosition() {
    words.add("a");

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(
            () ->
                words()
                    .filter(
                        word -> {
                          throw new IllegalStateException("broken on purpose");
                        })
                    .to(any())
                    .runBatch())
        .withMessageStartingWith(
            "Query [words] failed as a batch: reading failed: filter failed at source position"
                + " [memory-0@0] with [java.lang.IllegalStateException]");
  }

  @Test
  void interruption_endsTheBatch() {
    words.add("a", "b");

    assertThatThrownBy(
            () ->
                words()
                    .groupByKey(word -> word)
                    .flatMapGroups(
                        (word, events) -> {
                          Thread.currentThread().interrupt();
                          return List.of(word).iterator();
                        })
                    .to(any())
                    .runBatch())
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static Iterator<String> failing(String word, Iterator<String> events) {
    if (word.equals("b")) {
      throw new IllegalStateException("broken on purpose");
    }
    return List.of(word).iterator();
  }

  private void toFile(Path out, String row) throws InterruptedException {
    words()
        .groupByKey(word -> "all")
        .mapGroups((key, all) -> row)
        .to(JsonLines.sink(out))
        .runBatch();
  }

  private static List<String> rowFiles(Path out) throws Exception {
    try (Stream<Path> files = Files.list(out)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private EventStream<String> words() {
    return system.vellamo().query("words").from(words);
  }

  private static MemorySink<Object> any() {
    return MemorySink.create();
  }
}
