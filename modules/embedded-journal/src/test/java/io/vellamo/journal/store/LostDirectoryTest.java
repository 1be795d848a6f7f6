package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.failure;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A directory that is deleted, moved or replaced while its store is open. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there open files cannot be deleted")
final class LostDirectoryTest {

  @TempDir Path parent;

  private Path directory;
  private JournalStore store;

  @BeforeEach
  void open() {
    directory = parent.resolve("journal");
    store = Stores.open(directory);
    await(store.append("a", events(1, 1)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void deletedDirectory_isNoticedByTheNextWrite_andEachLaterOne() throws IOException {
    DurableFiles.deleteTree(directory);

    assertThat(failure(store.append("a", events(2, 2))))
        .contains(
            "Journal directory [" + directory + "] must stay as it is while it is open, found")
        .contains("deleted or moved away; put it back, or stop this process");
    assertThat(failure(store.append("a", events(2, 2)))).contains("deleted or moved away");
    assertThat(directory).doesNotExist();
  }

  @Test
  void movedDirectory_isNoticed_andWorksAgainWhenItIsBack() throws IOException {
    Path away = parent.resolve("away");
    Files.move(directory, away);
    assertThat(failure(store.append("a", events(2, 2)))).contains("deleted or moved away");
    Files.move(away, directory);

    long next = await(store.highestSequenceNr("a")) + 1;
    await(store.append("a", events(next, next)));

    assertThat(sequenceNrs(store, "a")).endsWith(next).startsWith(1L);
  }

  @Test
  void replacedDirectory_isNoticed_andLeftAlone() throws IOException {
    Files.move(directory, parent.resolve("away"));
    try (JournalStore other = Stores.open(parent.resolve("other"))) {
      await(other.append("b", events(1, 1)));
    }
    Files.move(parent.resolve("other"), directory);

    for (int time = 0; time < 2; time++) {
      assertThat(failure(store.append("a", events(2, 2)))).contains("replaced by another");
    }
    store.close();
    try (JournalStore other = Stores.open(directory)) {
      assertThat(sequenceNrs(other, "a")).isEmpty();
      assertThat(sequenceNrs(other, "b")).containsExactly(1L);
    }
  }

  @Test
  void deletedFilesOfRocksDb_areNoticed() throws IOException {
    DurableFiles.deleteTree(directory.resolve("rocksdb"));

    assertThat(failure(store.append("a", events(2, 2))))
        .contains(directory.resolve("rocksdb") + "] deleted or moved away");
  }

  @Test
  void deletedLog_isNoticed() throws IOException {
    await(store.append("a", events(2, 2)));
    for (Path log : logs()) {
      Files.delete(log);
    }

    assertThat(failure(store.append("a", events(3, 3))))
        .contains("without the log that is written");
    assertThat(failure(store.append("a", events(3, 3)))).contains("updates that were acknowledged");
  }

  @Test
  void deletedLockFile_isNoticed_asAnotherProcessCouldOpenTheDirectory() throws IOException {
    Files.delete(directory.resolve("lock"));

    assertThat(failure(store.append("a", events(2, 2))))
        .contains(directory.resolve("lock") + "] deleted or moved away");
  }

  @Test
  void manyLogs_areNotTakenForLost() {
    for (int i = 1; i <= 60; i++) {
      await(store.append("b", List.of(Stores.event("b", i, 300_000))));
    }

    assertThat(sequenceNrs(store, "b")).hasSize(60);
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }
}
