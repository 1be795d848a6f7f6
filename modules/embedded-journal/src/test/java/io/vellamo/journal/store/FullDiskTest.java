package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.failure;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store does while its disk is full, and once there is room again. */
final class FullDiskTest {

  private static final int DISK_MEGABYTES = 32;
  private static final int IN_FLIGHT = 10;
  private static final List<String> IDS = List.of("a", "b", "c");

  @TempDir Path mountPoint;

  @Test
  void change_onAFullDisk_isRefusedWithWhatToDoWhileReadsGoOn() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(mountPoint, DISK_MEGABYTES);
        RocksJournalStore store = Stores.open(disk.directory())) {
      // RocksDB reserves room for the log with its first record.
      await(append(store, "first", 1, 10));
      disk.fill();
      long acknowledged = writeUntilFailure(store, disk.directory());

      for (CompletionStage<?> change :
          List.of(append(store, "b", 1, 10), store.highestSequenceNr("a"))) {
        assertThatThrownBy(() -> await(change))
            .hasCauseInstanceOf(WritesRefusedException.class)
            .hasMessageContaining(
                "must be opened again after a failed write before it takes changes, found [Disk of"
                    + " journal directory ["
                    + disk.directory()
                    + "] must have [")
            .hasMessageContaining("] bytes free, found [")
            .hasMessageContaining("make room on it");
      }
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(acknowledged));
      assertThat(store.persistenceIds("", 10)).containsExactly("a", "first");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void store_withRoomAgain_goesOnAndHasAllThatWasAcknowledged(long seed) throws IOException {
    try (TinyDisk disk = TinyDisk.mount(mountPoint, DISK_MEGABYTES)) {
      Load load = new Load(seed);
      try (RocksJournalStore store = Stores.open(disk.directory())) {
        for (int round = 0; round < 2; round++) {
          disk.fill();
          load.writeUntilFailure(store);
          disk.free();
          load.readBack(store);
          load.write(store);
        }
      }
      try (RocksJournalStore reopened = Stores.open(disk.directory())) {
        load.readBack(reopened);
      }
    }
  }

  @Test
  void listener_isCalledWhenTheStoreWasOpenedAgain() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(mountPoint, DISK_MEGABYTES);
        RocksJournalStore store = Stores.open(disk.directory())) {
      disk.fill();
      writeUntilFailure(store, disk.directory());
      List<String> calls = new ArrayList<>();
      store.onAppend("a", () -> calls.add("a"));

      disk.free();
      await(store.deleteTo("b", 1));

      assertThat(calls).containsExactly("a");
    }
  }

  /** Returns how many events were acknowledged. */
  private static long writeUntilFailure(JournalStore store, Path directory) {
    long acknowledged = 0;
    String failure = failure(append(store, "a", 1, 10_000));
    while (failure.isEmpty()) {
      acknowledged++;
      failure = failure(append(store, "a", acknowledged + 1, 10_000));
    }
    assertThat(failure)
        .startsWith("Changes to journal store [" + directory + "] must reach the disk, found [")
        .contains("No space left on device")
        .endsWith(
            "none under way is acknowledged;"
                + " make room on the disk, or remove what else is the cause");
    return acknowledged;
  }

  private static CompletionStage<Void> append(
      JournalStore store, String persistenceId, long sequenceNr, int bytes) {
    return store.append(persistenceId, List.of(Stores.event(persistenceId, sequenceNr, bytes)));
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  /** Writes to several ids, some events at a time, and knows what was acknowledged. */
  private static final class Load {

    private final Random random;
    private final long[] acknowledged = new long[IDS.size()];
    private final long[] attempted = new long[IDS.size()];

    private Load(long seed) {
      this.random = new Random(seed);
    }

    private void writeUntilFailure(JournalStore store) {
      boolean failed = false;
      while (!failed) {
        failed = write(store);
      }
    }

    /** Writes some events to each id. Returns whether one failed. */
    private boolean write(JournalStore store) {
      List<CompletionStage<Void>> changes = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        int id = i % IDS.size();
        attempted[id]++;
        changes.add(append(store, IDS.get(id), attempted[id], size(attempted[id])));
      }
      boolean failed = false;
      for (int i = 0; i < IN_FLIGHT; i++) {
        boolean done = failure(changes.get(i)).isEmpty();
        assertThat(done && failed).as("acknowledged behind a failed change").isFalse();
        failed = !done;
        acknowledged[i % IDS.size()] += done ? 1 : 0;
      }
      return failed;
    }

    /** Some are large enough for a file of their own. */
    private int size(long sequenceNr) {
      return sequenceNr % 7 == 0 ? 100_000 : 1 + random.nextInt(20_000);
    }

    private void readBack(JournalStore store) {
      for (int id = 0; id < IDS.size(); id++) {
        String persistenceId = IDS.get(id);
        long highest = await(store.highestSequenceNr(persistenceId));
        assertThat(highest).isBetween(acknowledged[id], attempted[id]);
        assertThat(sequenceNrs(store, persistenceId)).isEqualTo(upTo(highest));
        store.read(persistenceId, 1, highest, event -> isAsWritten(persistenceId, event));
        acknowledged[id] = highest;
        attempted[id] = highest;
      }
    }

    private static boolean isAsWritten(String persistenceId, StoredEvent event) {
      byte[] bytes = event.payload().bytes();
      StoredEvent written = Stores.event(persistenceId, event.sequenceNr(), bytes.length);
      assertThat(Arrays.equals(bytes, written.payload().bytes())).isTrue();
      return true;
    }
  }
}
