package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.snapshot;
import static io.vellamo.journal.store.Stores.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshots of a store. */
final class SnapshotsTest {

  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path directory;

  private RocksJournalStore store;

  @BeforeEach
  void open() {
    store = Stores.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void newest_withinRange_isTheHighestSequenceNr() {
    await(store.saveSnapshot("a", snapshot(10, 100, "ten")));
    await(store.saveSnapshot("a", snapshot(20, 200, "twenty")));
    await(store.saveSnapshot("a", snapshot(30, 300, "thirty")));

    assertThat(state(SnapshotRange.all())).contains("thirty");
    assertThat(state(new SnapshotRange(0, 29, 0, ALL))).contains("twenty");
    assertThat(state(new SnapshotRange(0, ALL, 0, 199))).contains("ten");
    assertThat(state(new SnapshotRange(11, 29, 0, 199))).isEmpty();
    assertThat(store.newestSnapshot("b", SnapshotRange.all())).isEmpty();
  }

  @Test
  void snapshot_withTheSameSequenceNr_replacesTheFormer() {
    await(store.saveSnapshot("a", snapshot(10, 100, "old")));
    await(store.saveSnapshot("a", snapshot(10, 101, "new")));

    assertThat(state(SnapshotRange.all())).contains("new");
    await(store.deleteSnapshots("a", SnapshotRange.only(10)));
    assertThat(state(SnapshotRange.all())).isEmpty();
  }

  @Test
  void deletion_rightBehindASave_includesIt() {
    store.saveSnapshot("a", snapshot(10, 100, "ten"));
    store.saveSnapshot("a", snapshot(20, 200, "twenty"));
    await(store.deleteSnapshots("a", new SnapshotRange(0, 10, 0, ALL)));

    assertThat(state(SnapshotRange.all())).contains("twenty");
    assertThat(state(new SnapshotRange(0, 19, 0, ALL))).isEmpty();
  }

  @Test
  void snapshot_of40Megabytes_isReadBack() {
    byte[] bytes = new byte[40 << 20];
    new Random(7).nextBytes(bytes);
    await(
        store.saveSnapshot(
            "a", new StoredSnapshot(1, 2, Payload.of(1, "", bytes), Payload.of(3, "x", bytes))));

    store.close();
    store = Stores.open(directory);

    StoredSnapshot read = store.newestSnapshot("a", SnapshotRange.all()).orElseThrow();
    assertThat(Arrays.equals(read.payload().bytes(), bytes)).isTrue();
    assertThat(read.metadata()).isNotNull();
  }

  private Optional<String> state(SnapshotRange range) {
    return store.newestSnapshot("a", range).map(stored -> text(stored.payload()));
  }
}
