package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a writing process, again and again on the same directory. */
final class KillTest {

  private static final int KILLS = 3;
  private static final int IDS = 4;
  private static final int EVENTS_PER_WRITE = 3;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void acknowledgedWrites_afterKill_areAllThereAndWhole(long seed) throws Exception {
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> acknowledged = runAndKill(1 + random.nextInt(2_000));

      try (JournalStore store = Stores.open(directory)) {
        for (int id = 0; id < IDS; id++) {
          assertWhole(store, "id-" + id, acknowledged);
        }
      }
    }
  }

  private List<String> runAndKill(int afterWrites) throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.start(Writer.class, directory.toString())) {
      List<String> acknowledged = new ArrayList<>(child.lines(afterWrites));
      acknowledged.addAll(child.kill());
      return acknowledged;
    }
  }

  private static void assertWhole(JournalStore store, String id, List<String> acknowledged) {
    List<Long> stored = sequenceNrs(store, id);
    long highest = await(store.highestSequenceNr(id));
    long highestAcknowledged =
        acknowledged.stream()
            .filter(line -> line.startsWith(id + " "))
            .mapToLong(line -> Long.parseLong(line.substring(id.length() + 1)))
            .max()
            .orElse(0);

    assertThat(stored).isEqualTo(LongStream.rangeClosed(1, highest).boxed().toList());
    assertThat(highest).isGreaterThanOrEqualTo(highestAcknowledged);
    assertThat(highest % EVENTS_PER_WRITE).isZero();
  }

  /**
   * The process that is killed: prints persistence id and last number of each acknowledged write.
   */
  static final class Writer {

    private static final int IN_FLIGHT = 32;

    private Writer() {}

    public static void main(String[] arguments) throws InterruptedException {
      JournalStore store = Stores.open(Path.of(arguments[0]));
      long[] next = new long[IDS];
      for (int id = 0; id < IDS; id++) {
        next[id] = await(store.highestSequenceNr("id-" + id)) + 1;
      }
      Semaphore permits = new Semaphore(IN_FLIGHT);
      for (int id = 0; ; id = (id + 1) % IDS) {
        permits.acquire();
        String persistenceId = "id-" + id;
        long last = next[id] + EVENTS_PER_WRITE - 1;
        store
            .append(persistenceId, Stores.events(next[id], last))
            .thenRun(
                () -> {
                  System.out.println(persistenceId + " " + last);
                  permits.release();
                });
        next[id] = last + 1;
      }
    }
  }
}
