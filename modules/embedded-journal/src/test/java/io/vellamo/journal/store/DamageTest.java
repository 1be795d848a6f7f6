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
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
  void damagedLog_refusesToOpenUnlessTruncated() throws IOException {
    Path log = log();
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length / 2] ^= 1;
    Files.write(log, bytes);

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageStartingWith(
            "Journal directory [" + directory + "] must hold files that RocksDB can open, found [")
        .hasMessageContaining("damaged-log = truncate");
    try (JournalStore store = RocksJournalStore.open(settings(directory, DamagedLog.TRUNCATE))) {
      List<Long> left = sequenceNrs(store, "a");
      assertThat(left).isNotEmpty().hasSizeLessThan(9).isEqualTo(firstNumbers(left.size()));
    }
  }

  @Test
  void incompleteLastRecord_isNotADamage() throws IOException {
    try (JournalStore store = Stores.open(directory)) {
      await(store.append("b", events(1, 1)));
      await(store.append("b", events(2, 2)));
    }
    Path log = log();
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 3));

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).hasSize(9);
      assertThat(sequenceNrs(store, "b")).containsExactly(1L);
    }
  }

  @Test
  void garbageInTheLastRecord_isTruncatedWithoutTheOthers() throws IOException {
    try (JournalStore store = Stores.open(directory)) {
      await(store.append("b", events(1, 1)));
      await(store.append("b", events(2, 2)));
    }
    Path log = log();
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length - 3] ^= 1;
    Files.write(log, bytes);

    assertThatThrownBy(() -> Stores.open(directory)).isInstanceOf(JournalStoreException.class);
    try (JournalStore store = RocksJournalStore.open(settings(directory, DamagedLog.TRUNCATE))) {
      assertThat(sequenceNrs(store, "a")).hasSize(9);
      assertThat(sequenceNrs(store, "b")).containsExactly(1L);
    }
    Stores.open(directory).close();
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
  void damagedTable_failsTheReadAndIsNotSilent() throws IOException, RocksDBException {
    List<Path> tables = new ArrayList<>();
    change(
        files -> {
          try (FlushOptions options = new FlushOptions()) {
            files.db().flush(options, files.family(Family.EVENTS));
          }
          for (LiveFileMetaData file : files.db().getLiveFilesMetaData()) {
            if (Arrays.equals(file.columnFamilyName(), files.family(Family.EVENTS).getName())) {
              tables.add(Path.of(file.path(), file.fileName()));
            }
          }
        });
    for (Path table : tables) {
      byte[] bytes = Files.readAllBytes(table);
      // The events come first in the file.
      bytes[20] ^= 1;
      Files.write(table, bytes);
    }

    try (JournalStore store = Stores.open(directory)) {
      assertThatThrownBy(() -> sequenceNrs(store, "a"))
          .isInstanceOf(JournalStoreException.class)
          .hasMessageStartingWith(
              "Events of persistence id [a] in [" + directory + "] must be readable, found [");
    }
  }

  private static List<Long> firstNumbers(int count) {
    return Stream.iterate(1L, number -> number + 1).limit(count).toList();
  }

  private void change(Tampering tampering) throws RocksDBException {
    try (RocksFiles files =
        RocksFiles.open(settings(directory, DamagedLog.FAIL), directory.resolve("rocksdb"))) {
      tampering.change(files);
    }
  }

  /** The write-ahead log with something in it. */
  private Path log() throws IOException {
    return files(".log").stream()
        .max(Comparator.comparing(file -> file.toFile().length()))
        .orElseThrow();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private interface Tampering {
    void change(RocksFiles files) throws RocksDBException;
  }
}
