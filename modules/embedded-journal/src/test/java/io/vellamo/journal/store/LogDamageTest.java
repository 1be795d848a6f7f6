package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static io.vellamo.journal.store.Stores.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says when its log is not as it was left, and when that is no damage. */
final class LogDamageTest {

  /** In the header of a record; in the first block it makes the record longer than the file. */
  private static final int HIGH_BYTE_OF_FIRST_LENGTH = 5;

  /** The length of the record about the preceding log. */
  private static final int PREDECESSOR_BYTES = 31;

  @TempDir Path directory;

  @Test
  void flippedBit_refusesToOpenUnlessTruncated() throws IOException {
    write(1, 9);
    byte[] log = read(log());
    log[log.length - 3] ^= 1;
    Files.write(log(), log);

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageStartingWith("Journal directory [" + directory + "] must hold the [")
        .hasMessageContaining(" updates that were acknowledged, found [")
        .hasMessageContaining("], then [a checksum that does not match")
        .hasMessageContaining(" at position ")
        .hasMessageContaining(" of " + log().getFileName() + "]; restore it from a backup, or open")
        .hasMessageEndingWith(
            " it once with damaged-log = truncate, which loses what was written behind the damage");
    try (JournalStore store = RocksJournalStore.open(settings(directory, DamagedLog.TRUNCATE))) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
    }
    Stores.open(directory).close();
  }

  @Test
  void truncatedLog_isKept() throws IOException {
    write(1, 9);
    byte[] log = read(log());
    log[log.length - 3] ^= 1;
    Path file = log();
    Files.write(file, log);

    RocksJournalStore.open(settings(directory, DamagedLog.TRUNCATE)).close();

    assertThat(directory.resolve(file.getFileName() + ".damaged")).hasBinaryContent(log);
  }

  @Test
  void lengthBehindTheEnd_isNotTakenForAnIncompleteRecord() throws IOException {
    write(1, 9);
    byte[] log = read(log());
    log[HIGH_BYTE_OF_FIRST_LENGTH] ^= 0x40;
    Files.write(log(), log);

    assertThatThrownBy(() -> Stores.open(directory))
        .hasMessageContaining("updates that were acknowledged, found [")
        .hasMessageContaining(
            "a record longer than the rest at position 0 of " + log().getFileName());
    assertThat(log()).as("left as it was").hasBinaryContent(log);
  }

  @Test
  void cutLog_isRefusedIfThatWasAcknowledged() throws IOException {
    write(1, 9);
    cut(log(), 3);

    assertThatThrownBy(() -> Stores.open(directory))
        .hasMessageContaining("updates that were acknowledged, found [")
        .hasMessageContaining(" of " + log().getFileName() + "]; restore it from a backup, or");
  }

  @Test
  void lostLog_isRefused() throws IOException {
    write(1, 9);
    Files.delete(log());

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] updates that were acknowledged, found [1], then [the end]");
  }

  /** Such a log looks whole, so only the mark tells. */
  @Test
  void logCutBetweenRecords_isRefusedUntilTheMarkIsDeleted() throws IOException {
    long length;
    try (JournalStore store = Stores.open(directory)) {
      await(store.append("a", events(1, 8)));
      length = Files.size(log());
      await(store.append("a", events(9, 9)));
    }
    cut(log(), (int) (Files.size(log()) - length));

    for (DamagedLog damagedLog : DamagedLog.values()) {
      assertThatThrownBy(() -> RocksJournalStore.open(settings(directory, damagedLog)))
          .hasMessageEndingWith(
              "], then [the end]; restore it from a backup, or go on without what is missing by"
                  + " deleting the file [acknowledged]");
    }
    Files.delete(directory.resolve("acknowledged"));
    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
    }
  }

  @Test
  void incompleteRecord_thatWasNotAcknowledged_isNotADamage() throws IOException {
    write(1, 8);
    byte[] mark = read(directory.resolve("acknowledged"));
    write(9, 9);
    cut(log(), 3);
    Files.write(directory.resolve("acknowledged"), mark);

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
      await(store.append("a", events(9, 9)));
    }
  }

  /** As after a power loss, when the operating system had not yet written the mark. */
  @Test
  void olderMark_isNotADamage() throws IOException {
    write(1, 8);
    byte[] mark = read(directory.resolve("acknowledged"));
    write(9, 9);
    Files.write(directory.resolve("acknowledged"), mark);

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(9));
    }
  }

  @Test
  void zerosBehindTheLog_areNotADamage() throws IOException {
    write(1, 9);
    byte[] log = read(log());
    Files.write(log(), Arrays.copyOf(log, log.length + 100_000));

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(9));
    }
  }

  /** As a loss of power can leave it, since it is not synced. */
  @Test
  void damagedMark_isAWarningThatNamesIt_andIsWrittenAgain() throws IOException {
    write(1, 9);
    Path mark = directory.resolve("acknowledged");
    byte[] content = read(mark);
    for (byte[] damaged :
        List.of(flipped(content, 3), flipped(content, 20), new byte[0], new byte[content.length])) {
      Files.write(mark, damaged);
      List<String> warnings = new ArrayList<>();

      try (JournalStore store =
          RocksJournalStore.open(settings(directory, DamagedLog.FAIL), warnings::add)) {
        assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(9));
      }
      assertThat(warnings)
          .containsExactly(
              "File [acknowledged] of journal directory ["
                  + directory
                  + "] does not say how many updates were acknowledged, as a loss of power can"
                  + " leave it; the log is taken as it is");
      assertThat(read(mark)).isNotEqualTo(damaged);
    }
  }

  /** Without sync nothing is promised about the last seconds, so nothing is checked. */
  @Test
  void cutLog_withoutSync_opensAtTheLastWholeRecord() throws IOException {
    StoreSettings withoutSync =
        new StoreSettings(
            directory, true, false, DamagedLog.FAIL, Compression.NONE, 1 << 20, 1 << 20, 1, 1);
    try (JournalStore store = RocksJournalStore.open(withoutSync)) {
      for (int i = 1; i <= 9; i++) {
        await(store.append("a", events(i, i)));
      }
    }
    cut(log(), 3);

    try (JournalStore store = RocksJournalStore.open(withoutSync)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
    }
  }

  /** Writes each event for itself; the log begins with them, as opening empties it. */
  private void write(long from, long to) {
    try (JournalStore store = Stores.open(directory)) {
      for (long i = from; i <= to; i++) {
        await(store.append("a", events(i, i)));
      }
    }
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  /**
   * As a loss of power leaves a write that was under way: its size is there, its content is not.
   */
  @Test
  void lostSectors_ofAWriteThatWasNotAcknowledged_areCutOffAndKept() throws IOException {
    write(1, 8);
    byte[] mark = read(directory.resolve("acknowledged"));
    write(9, 9);
    Path log = log();
    byte[] torn = read(log);
    Arrays.fill(torn, torn.length - 60, torn.length - 20, (byte) 0);
    Files.write(log, torn);
    Files.write(directory.resolve("acknowledged"), mark);
    List<String> warnings = new ArrayList<>();

    try (JournalStore store =
        RocksJournalStore.open(settings(directory, DamagedLog.FAIL), warnings::add)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
    }
    assertThat(warnings).singleElement().asString().contains("a write that was not acknowledged");
    assertThat(directory.resolve(log.getFileName() + ".end")).exists();
  }

  /** RocksDB begins a log with a record of its own, which the first commit syncs. */
  @Test
  void lostStartOfANewLog_inFrontOfAWriteThatWasNotAcknowledged_isCutOff() throws IOException {
    write(1, 8);
    byte[] mark = read(directory.resolve("acknowledged"));
    write(9, 9);
    loseStart(log());
    Files.write(directory.resolve("acknowledged"), mark);

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(8));
    }
  }

  /** The same file, but the mark says that the write was acknowledged. */
  @Test
  void lostStartOfANewLog_inFrontOfAnAcknowledgedWrite_isRefused() throws IOException {
    write(1, 8);
    write(9, 9);
    byte[] log = loseStart(log());

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] updates that were acknowledged, found [");
    assertThat(log()).as("left as it was").hasBinaryContent(log);
  }

  /** The second write began after the first was synced, whatever the mark says. */
  @Test
  void lostStartOfALog_inFrontOfTwoWrites_isRefusedWithoutAMarkToo() throws IOException {
    write(1, 8);
    write(9, 10);
    byte[] log = loseStart(log());
    Files.delete(directory.resolve("acknowledged"));

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] updates that were acknowledged, found [")
        .hasMessageContaining(" at position 0 of " + log().getFileName());
    assertThat(log()).as("left as it was").hasBinaryContent(log);
  }

  /** RocksDB itself ignores what is behind zeros. */
  @Test
  void lostRecord_inFrontOfAWrite_isRefusedWithoutAMarkToo() throws IOException {
    write(1, 8);
    write(9, 10);
    byte[] log = read(log());
    Arrays.fill(log, 0, PREDECESSOR_BYTES, (byte) 0);
    Files.write(log(), log);
    Files.delete(directory.resolve("acknowledged"));

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] updates that were acknowledged, found [")
        .hasMessageContaining(" at position 0 of " + log().getFileName());
    assertThat(log()).as("left as it was").hasBinaryContent(log);
  }

  /**
   * Turns a log, which has no predecessor after an opening, into one that lost its first record.
   */
  private static byte[] loseStart(Path log) throws IOException {
    byte[] content = read(log);
    byte[] shifted = new byte[PREDECESSOR_BYTES + content.length];
    System.arraycopy(content, 0, shifted, PREDECESSOR_BYTES, content.length);
    Files.write(log, shifted);
    return shifted;
  }

  /** A later record shows that the one in front of it was synced, whatever the mark says. */
  @Test
  void damage_withASoundRecordBehind_isRefusedWithoutAMarkToo() throws IOException {
    write(1, 9);
    byte[] log = read(log());
    log[log.length - 200] ^= 1;
    Files.write(log(), log);
    Files.delete(directory.resolve("acknowledged"));

    assertThatThrownBy(() -> Stores.open(directory))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining(" at position ")
        .hasMessageContaining(log().getFileName().toString());
    assertThat(log()).as("left as it was").hasBinaryContent(log);
  }

  /** The manifest is torn like the log. */
  @Test
  void tornEndOfTheManifest_isCutOff() throws IOException {
    write(1, 9);
    Path manifest = manifest();
    byte[] content = read(manifest);
    byte[] torn = Arrays.copyOf(content, content.length + 90);
    Arrays.fill(torn, content.length + 40, torn.length, (byte) 7);
    Files.write(manifest, torn);

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(9));
    }
  }

  /** The name of the new manifest can be lost while CURRENT has it already. */
  @Test
  void currentThatNamesNoManifest_isMended() throws IOException {
    write(1, 9);
    Files.writeString(directory.resolve("rocksdb/CURRENT"), "MANIFEST-999999\n");

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).isEqualTo(upTo(9));
    }
  }

  private Path manifest() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] content = read(file);
    Files.write(file, Arrays.copyOf(content, content.length - bytes));
  }

  private static byte[] flipped(byte[] content, int position) {
    byte[] flipped = content.clone();
    flipped[position] ^= 1;
    return flipped;
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
