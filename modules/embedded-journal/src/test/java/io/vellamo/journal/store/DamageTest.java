package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.event;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static io.vellamo.journal.store.Stores.settings;
import static io.vellamo.journal.store.Stores.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.journal.store.RocksFiles.Family;
import io.vellamo.journal.store.RocksFiles.Opening;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;

/** What the store says when its files are not what it wrote. */
final class DamageTest {

  /** The first persistence id of a store is number 1. */
  private static final long ID = 1;

  @TempDir Path directory;

  @BeforeEach
  void write() {
    try (JournalStore store = Stores.open(directory)) {
      for (int i = 1; i <= 9; i++) {
        await(store.append("a", List.of(event(i))));
      }
      await(store.saveSnapshot("a", snapshot(5, 50, "five")));
    }
  }

  @Test
  void damagedEvent_failsTheReadAndIsNamed() throws RocksDBException {
    change(
        files -> {
          byte[] record = files.db().get(files.family(Family.EVENTS), Keys.record(ID, 4));
          record[record.length - 1] ^= 1;
          files.db().put(files.family(Family.EVENTS), Keys.record(ID, 4), record);
        });

    try (JournalStore store = Stores.open(directory)) {
      List<Long> read = new ArrayList<>();
      assertThatThrownBy(() -> store.read("a", 1, 9, event -> read.add(event.sequenceNr())))
          .isInstanceOfSatisfying(
              DamagedRecordException.class,
              e -> {
                assertThat(e.persistenceId()).isEqualTo("a");
                assertThat(e.sequenceNr()).isEqualTo(4);
              })
          .hasMessageStartingWith(
              "Record [4] of persistence id [a] must be as it was written, found [checksum ");
      assertThat(read).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void lostLastEvent_failsTheRead() throws RocksDBException {
    change(files -> files.db().delete(files.family(Family.EVENTS), Keys.record(ID, 9)));

    try (JournalStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> sequenceNrs(store, "a"))
          .isInstanceOf(DamagedRecordException.class)
          .hasMessageContaining("Record [9] of persistence id [a]")
          .hasMessageContaining("found [no event]");
    }
  }

  @Test
  void damagedSnapshot_failsTheLoadAndIsNamed() throws RocksDBException {
    change(
        files ->
            files.db().put(files.family(Family.SNAPSHOTS), Keys.record(ID, 5), new byte[] {1}));

    try (JournalStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> store.newestSnapshot("a", SnapshotRange.all()))
          .isInstanceOf(DamagedRecordException.class)
          .hasMessageContaining("Record [5] of persistence id [a]")
          .hasMessageContaining("found [only 1 bytes]");
    }
  }

  @Test
  void lostSequence_failsTheRead() throws RocksDBException {
    change(files -> files.db().delete(files.family(Family.SEQUENCES), Keys.number(ID)));

    try (JournalStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> sequenceNrs(store, "a"))
          .isInstanceOf(JournalStoreException.class)
          .hasMessageStartingWith("Sequence of persistence id [a] must be stored, found [nothing]");
    }
  }

  @Test
  void newerFormat_refusesToOpen() throws RocksDBException {
    byte[] formatKey = "format".getBytes(StandardCharsets.UTF_8);
    change(files -> files.db().put(files.family(Family.DEFAULT), formatKey, Keys.number(2)));

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessage(
            "Journal format must be [1], found [0000000000000002];"
                + " open it with the version that wrote it");
  }

  @Test
  void damagedTable_failsTheReadAndIsNamed() throws IOException, RocksDBException {
    Path table = damagedTable(Family.EVENTS);

    try (JournalStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> sequenceNrs(store, "a"))
          .isInstanceOf(DamagedRecordException.class)
          .hasMessageStartingWith("Record [1] of persistence id [a] must be as it was written")
          .hasMessageContaining("block checksum mismatch")
          .hasMessageContaining(table.getFileName() + " offset 0");
    }
  }

  @Test
  void unreadablePersistenceId_failsItsOwnChangesOnly() throws IOException, RocksDBException {
    damagedTable(Family.IDS);

    try (JournalStore store = Stores.open(directory)) {
      CompletionStage<Void> refused = store.append("a", events(10, 10));
      CompletionStage<Void> good = store.append("b", events(1, 1));

      assertThatThrownBy(() -> await(refused))
          .hasCauseInstanceOf(JournalStoreException.class)
          .hasMessageContaining("Sequence of persistence id [a] must be stored, found [")
          .hasMessageContaining("block checksum mismatch");
      await(good);
      assertThatThrownBy(() -> await(store.highestSequenceNr("a")))
          .hasMessageContaining("Sequence of persistence id [a] must be stored, found [");
      assertThat(sequenceNrs(store, "b")).containsExactly(1L);
    }
  }

  @Test
  void lostCurrent_isNotTakenForAnEmptyJournal() throws IOException {
    Path rocks = directory.resolve("rocksdb");
    Files.delete(rocks.resolve("CURRENT"));

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining(rocks + "/CURRENT")
        .hasMessageEndingWith("]; restore it from a backup");
  }

  /** Moves a family into a table and changes a bit of its first block, where the data is. */
  private Path damagedTable(Family family) throws IOException, RocksDBException {
    List<Path> tables = new ArrayList<>();
    change(
        files -> {
          try (FlushOptions options = new FlushOptions()) {
            files.db().flush(options, files.family(family));
          }
          for (LiveFileMetaData file : files.db().getLiveFilesMetaData()) {
            if (Arrays.equals(file.columnFamilyName(), files.family(family).getName())) {
              tables.add(Path.of(file.path(), file.fileName()));
            }
          }
        });
    byte[] bytes = Files.readAllBytes(tables.get(0));
    bytes[8] ^= 1;
    Files.write(tables.get(0), bytes);
    return tables.get(0);
  }

  private void change(Tampering tampering) throws RocksDBException {
    try (RocksFiles files =
        RocksFiles.open(
            settings(directory, DamagedLog.FAIL), directory.resolve("rocksdb"), Opening.EXISTING)) {
      tampering.change(files);
    }
  }

  private interface Tampering {
    void change(RocksFiles files) throws RocksDBException;
  }
}
