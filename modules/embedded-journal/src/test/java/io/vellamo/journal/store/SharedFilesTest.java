package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.settings;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.journal.store.RocksFiles.Family;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Files that are opened again while they are read. */
final class SharedFilesTest {

  private static final byte[] KEY = Keys.number(1);
  private static final byte[] VALUE = Keys.number(2);

  @TempDir Path directory;

  private SharedFiles files;

  @BeforeEach
  void open() throws RocksDBException {
    files = SharedFiles.open(settings(directory, DamagedLog.FAIL));
    put(KEY);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void files_openedAgain_areReadAndWritten() throws RocksDBException {
    files.reopen();
    files.reopen();

    put(Keys.number(3));
    assertThat(read(KEY)).isEqualTo(VALUE);
    assertThat(read(Keys.number(3))).isEqualTo(VALUE);
  }

  @Test
  void log_afterOpening_isEmptyAsItsContentIsInTables() throws Exception {
    assertThat(logBytes()).isPositive();

    files.reopen();

    assertThat(logBytes()).isZero();
    assertThat(read(KEY)).isEqualTo(VALUE);
  }

  @Test
  void reopen_withAReadUnderWay_leavesItAloneAndFailsUntilItEnds() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () ->
                files.reading(
                    "Value",
                    view -> {
                      begun.countDown();
                      awaitUninterrupted(mayEnd);
                      return requireNonNull(view.get(Family.EVENTS, KEY));
                    }));
    begun.await();

    assertThatThrownBy(() -> files.reopen())
        .isInstanceOf(JournalStoreException.class)
        .hasMessage(
            "Reads of journal store ["
                + directory
                + "] must end before it can be opened again after a failed write, found them under"
                + " way after [1000] ms; the next change tries again");
    mayEnd.countDown();
    assertThat(read.join()).isEqualTo(VALUE);
    files.reopen();
    assertThat(read(KEY)).isEqualTo(VALUE);
  }

  @Test
  void files_thatCannotBeOpenedAgain_areNotReadUntilTheyCan() throws IOException {
    Path current = directory.resolve("rocksdb/CURRENT");
    byte[] content = Files.readAllBytes(current);
    Files.writeString(current, "nonsense");

    assertThatThrownBy(() -> files.reopen())
        .isInstanceOf(JournalStoreException.class)
        .hasMessageStartingWith("Journal directory [" + directory + "] must hold files that");
    assertThatThrownBy(() -> read(KEY))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageStartingWith(
            "Journal store ["
                + directory
                + "] must be open, found that it could not be opened again after a failed write,"
                + " as [Journal directory [")
        .hasMessageEndingWith("]; the next change tries again");
    assertThatThrownBy(() -> SharedFiles.open(settings(directory, DamagedLog.FAIL)))
        .as("the directory is still held")
        .isInstanceOf(DirectoryInUseException.class);
    Files.write(current, content);
    files.reopen();
    assertThat(read(KEY)).isEqualTo(VALUE);
  }

  private void put(byte[] key) throws RocksDBException {
    RocksFiles open = files.current();
    open.db().put(open.family(Family.EVENTS), open.writeOptions(), key, VALUE);
  }

  private byte[] read(byte[] key) {
    return files.reading("Value", view -> requireNonNull(view.get(Family.EVENTS, key)));
  }

  private long logBytes() throws IOException {
    try (Stream<Path> found = Files.list(directory.resolve("rocksdb"))) {
      return found
          .filter(file -> file.toString().endsWith(".log"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
