package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may open which directory. */
final class DirectoryTest {

  @TempDir Path directory;

  @Test
  void directory_inUseByThisProcess_namesIt() {
    try (JournalStore first = Stores.open(directory)) {
      assertThatThrownBy(() -> Stores.open(directory))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageStartingWith(
              "Journal directory ["
                  + directory
                  + "] must be open once, found it in use by [this process, process "
                  + ProcessHandle.current().pid()
                  + ", started ")
          .hasMessageEndingWith("]; stop that one first, or give this one a directory of its own");
      await(first.append("a", events(1, 1)));
    }
  }

  @Test
  void directory_afterClose_isOpenedAgain() {
    for (int i = 1; i <= 3; i++) {
      try (JournalStore store = Stores.open(directory)) {
        await(store.append("a", events(i, i)));
      }
    }

    try (JournalStore store = Stores.open(directory)) {
      assertThat(sequenceNrs(store, "a")).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void directory_inUseByAnotherProcess_namesItUntilThatOneIsDead() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, directory.toString())) {
      child.lines(1);
      Path realDirectory = directory.toRealPath();
      ProcessHandle holder = ProcessHandle.of(child.pid()).orElseThrow();
      String start = holder.info().startInstant().orElseThrow().toString();

      assertThatThrownBy(() -> Stores.open(directory))
          .isInstanceOfSatisfying(
              DirectoryInUseException.class,
              e -> {
                assertThat(e.directory()).isEqualTo(realDirectory);
                assertThat(e.holder()).isEqualTo("process " + child.pid() + ", started " + start);
              });

      child.kill();
      Stores.open(directory).close();
    }
  }

  @Test
  void failedOpen_givesTheDirectoryFree() throws IOException {
    Path rocksDirectory = Files.createDirectories(directory.resolve("rocksdb"));
    Path current = Files.writeString(rocksDirectory.resolve("CURRENT"), "nonsense");
    assertThatThrownBy(() -> Stores.open(directory)).isInstanceOf(JournalStoreException.class);
    Files.delete(current);

    Stores.open(directory).close();
  }

  @Test
  void missingDirectory_isCreatedWithItsParentsOrAnError() {
    Path missing = directory.resolve("a/b");
    StoreSettings settings =
        new StoreSettings(
            missing, false, true, DamagedLog.FAIL, Compression.NONE, 1 << 20, 1 << 20, 1, 1 << 20);

    assertThatThrownBy(() -> RocksJournalStore.open(settings))
        .isInstanceOf(JournalStoreException.class)
        .hasMessage(
            "Journal directory ["
                + missing
                + "] must be a directory, found [nothing];"
                + " create or mount it, or name another one");
    Stores.open(missing).close();
    RocksJournalStore.open(settings).close();
  }

  @Test
  void file_insteadOfDirectory_isAnError() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> Stores.open(file))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] must be a directory, found [a file]");
    assertThatThrownBy(() -> Stores.open(file.resolve("below")))
        .isInstanceOf(JournalStoreException.class)
        .hasMessageContaining("] must be writable by this process, found [");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nativeLibrary_thatCannotBeUnpacked_isAClearError() throws Exception {
    String nowhere = "export ROCKSDB_SHAREDLIB_DIR=" + directory.resolve("nowhere");

    try (ChildJvm child = ChildJvm.startUnder(nowhere, Holder.class, directory.toString())) {
      assertThat(child.lines(1).get(0))
          .startsWith("The native library of RocksDB must load, found [")
          .endsWith("a directory with room from which code may run");
    }
  }

  /** The process that holds the directory. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (JournalStore store = Stores.open(Path.of(arguments[0]))) {
        System.out.println(store);
        new CountDownLatch(1).await();
      } catch (JournalStoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
