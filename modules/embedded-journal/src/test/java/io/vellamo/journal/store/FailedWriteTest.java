package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more, played by a limit on the size of files. */
final class FailedWriteTest {

  /** At least 20 MB, as the native library is unpacked under it too; at most 40 MB. */
  private static final String LIMIT = "ulimit -f 40000";

  @TempDir Path directory;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void write_thatTheDiskRefuses_isNotAcknowledgedAndTheStoreGoesOnInAnotherFile() throws Exception {
    List<String> lines;
    try (ChildJvm child = ChildJvm.startUnder(LIMIT, Writer.class, directory.toString())) {
      lines = child.lines(3);
      child.kill();
    }
    long acknowledged = Long.parseLong(lines.get(0));

    assertThat(acknowledged).isPositive();
    assertThat(lines.get(1)).startsWith("Changes to journal store [" + directory + "] must reach");
    assertThat(lines.get(2)).isEmpty();
    try (JournalStore store = Stores.open(directory)) {
      List<Long> stored = sequenceNrs(store, "a");
      assertThat(stored.subList(0, (int) acknowledged))
          .isEqualTo(LongStream.rangeClosed(1, acknowledged).boxed().toList());
      assertThat(stored.get(stored.size() - 1)).isEqualTo(acknowledged + 2);
      assertThat(stored.size()).isBetween((int) acknowledged + 1, (int) acknowledged + 2);
    }
  }

  /** The process under the limit: writes until it fails, and once more. */
  static final class Writer {

    private static final Payload PAYLOAD = Payload.of(1, "", new byte[100_000]);

    private Writer() {}

    public static void main(String[] arguments) {
      JournalStore store = RocksJournalStore.open(oneLog(Path.of(arguments[0])));
      long acknowledged = 0;
      String failure = append(store, 1);
      while (failure.isEmpty()) {
        acknowledged++;
        failure = append(store, acknowledged + 1);
      }
      System.out.println(acknowledged);
      System.out.println(failure);
      System.out.println(append(store, acknowledged + 2));
    }

    /** Memory for more than the limit, so that all goes into one log file. */
    private static StoreSettings oneLog(Path directory) {
      return new StoreSettings(
          directory, true, true, DamagedLog.FAIL, Compression.LZ4, 64 << 20, 1 << 20, 1, 1 << 20);
    }

    private static String append(JournalStore store, long sequenceNr) {
      StoredEvent event = new StoredEvent(sequenceNr, 0, "w", "", PAYLOAD, null);
      return Stores.failure(store.append("a", List.of(event)));
    }
  }
}
