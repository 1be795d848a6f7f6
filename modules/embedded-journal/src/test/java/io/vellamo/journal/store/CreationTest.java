package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creations that are cut off: the next start works, and loses nothing that was acknowledged. */
final class CreationTest {

  @TempDir Path directory;

  @Test
  void creation_killedAtEachFileOperation_isBegunAgain() throws Exception {
    FileTrace.requireStrace();
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path journal = Path.of("a", "b", "journal");
    List<FileOperation> operations =
        FileTrace.record(
            disk, directory.resolve("trace"), Creator.class, disk.resolve(journal).toString());
    List<String> problems = new ArrayList<>();

    assertThat(operations).hasSizeGreaterThan(100);
    for (int killed = 0; killed <= operations.size(); killed++) {
      DiskModel model = new DiskModel(disk);
      model.apply(operations.subList(0, killed));
      Path state = directory.resolve("state-" + killed);
      model.writeAll(state);
      boolean acknowledged =
          operations.subList(0, killed).contains(new FileOperation.Print("acknowledged"));

      try (JournalStore store = Stores.open(state.resolve(journal))) {
        List<Long> found = sequenceNrs(store, "a");
        assertThat(found.size()).isIn(acknowledged ? List.of(3) : List.of(0, 3));
        await(store.append("a", events(found.size() + 1, found.size() + 1)));
      } catch (RuntimeException | AssertionError e) {
        problems.add("killed after " + killed + " operations: " + e.getMessage());
      }
    }
    assertThat(problems).isEmpty();
  }

  /** States in which RocksDB's own creation was cut, in the store's own place. */
  @Test
  void filesOfRocksDb_withoutATableOrAnUpdate_areBegunAgain() throws IOException {
    Path rocks = Files.createDirectories(directory.resolve("rocksdb"));
    Stores.open(directory).close();
    byte[] manifest = manifest(rocks);

    for (int kept = 0; kept <= 3; kept++) {
      Path other = directory.resolve("other-" + kept);
      Path files = Files.createDirectories(other.resolve("rocksdb"));
      Files.writeString(files.resolve("IDENTITY"), "x");
      if (kept > 0) {
        Files.write(files.resolve("MANIFEST-000001"), manifest);
      }
      if (kept > 1) {
        Files.writeString(files.resolve("CURRENT"), "MANIFEST-000001\n");
      }
      if (kept > 2) {
        Files.createFile(files.resolve("000004.log"));
      }

      try (JournalStore store = Stores.open(other)) {
        await(store.append("a", events(1, 1)));
      }
    }
  }

  @Test
  void filesThatAreGone_afterSomethingWasAcknowledged_areNotCreatedAnew() throws IOException {
    try (JournalStore store = Stores.open(directory)) {
      await(store.append("a", events(1, 1)));
    }
    DurableFiles.deleteTree(directory.resolve("rocksdb"));

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> Stores.open(directory))
          .isInstanceOf(JournalStoreException.class)
          .hasMessageMatching(
              ".* must hold the \\[\\d+] updates that were acknowledged, found no files in"
                  + " \\[rocksdb]; restore it from a backup, or begin without them by deleting the"
                  + " file \\[acknowledged]");
    }
    Files.delete(directory.resolve("acknowledged"));
    Stores.open(directory).close();
  }

  private static byte[] manifest(Path rocks) throws IOException {
    try (var files = Files.list(rocks)) {
      Path manifest =
          files
              .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(manifest);
    }
  }

  /** The process that is killed. */
  static final class Creator {
    private Creator() {}

    public static void main(String[] arguments) {
      try (JournalStore store = Stores.open(Path.of(arguments[0]))) {
        await(store.append("a", events(1, 3)));
        System.out.println("acknowledged");
      }
      System.out.println("end");
    }
  }
}
