package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.failure;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync that fails, although the operating system has taken the bytes. */
final class FailedSyncTest {

  private static final int WRITES = 200;

  /** The system call with which RocksDB syncs fails at some times, and succeeds at all others. */
  private static final List<String> FAILING_SYNCS =
      List.of(
          "strace",
          "-f",
          "-qq",
          "-o",
          "/dev/null",
          "-e",
          "trace=fdatasync",
          "-e",
          "inject=fdatasync:error=EIO:when=60+45");

  @TempDir Path directory;

  @BeforeEach
  void requireStrace() throws InterruptedException {
    String found;
    try {
      found = "exit code " + new ProcessBuilder("strace", "-qq", "true").start().waitFor();
    } catch (IOException e) {
      found = e.toString();
    }
    Assumptions.assumeTrue(
        found.equals("exit code 0"),
        "a failing sync is played by strace, which cannot be used here: " + found);
  }

  @Test
  void write_whoseSyncFails_isNotAcknowledgedAndTheStoreGoesOn() throws Exception {
    List<String> outcomes;
    try (ChildJvm child = ChildJvm.startBy(FAILING_SYNCS, Writer.class, directory.toString())) {
      outcomes = child.lines(WRITES);
      assertThat(child.lines(1)).containsExactly("closed");
    }

    List<Long> acknowledged =
        IntStream.range(0, WRITES)
            .filter(i -> outcomes.get(i).isEmpty())
            .mapToObj(i -> i + 1L)
            .toList();
    List<String> failures = outcomes.stream().filter(outcome -> !outcome.isEmpty()).toList();
    assertThat(failures)
        .hasSizeBetween(2, 10)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .startsWith("Changes to journal store [" + directory + "] must reach the disk")
                    .contains("Input/output error"));
    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).containsAll(acknowledged).isSorted();
    }
  }

  /** The process whose syncs fail: prints for each write nothing, or why it failed. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) {
      try (JournalStore store = Stores.open(Path.of(arguments[0]))) {
        for (int i = 1; i <= WRITES; i++) {
          System.out.println(failure(store.append("a", events(i, i))));
        }
      }
      System.out.println("closed");
    }
  }
}
