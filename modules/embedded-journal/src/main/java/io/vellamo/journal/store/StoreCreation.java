package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;

/**
 * The creation of a store: built in a temporary directory, synced and then renamed, so that an
 * interrupted creation leaves nothing at the store's final path.
 *
 * <p><b>Failure</b> the next creation removes the remains of an interrupted one. Files that can
 * hold acknowledged updates are never removed.
 */
/*
 * RocksDB itself creates its files one by one. Some intermediate states cannot be opened, such as a
 * manifest without a log.
 */
final class StoreCreation {

  /** The directory in which a store is built; no update in it was ever acknowledged. */
  private static final String UNFINISHED = "rocksdb.new";

  private static final String MANIFEST = "MANIFEST-";

  private StoreCreation() {}

  /**
   * Returns whether a store must be created, since there is none, or only the remains of an
   * interrupted creation.
   */
  static boolean isNeeded(Path rocks, AcknowledgedMark mark) throws IOException {
    List<String> names = names(rocks);
    return names.isEmpty() || (!mark.exists() && isUnfinished(rocks, names));
  }

  /**
   * Creates a store.
   *
   * @throws IOException if a file cannot be written
   * @throws RocksDBException if RocksDB cannot create its files
   */
  static void create(StoreSettings settings) throws IOException, RocksDBException {
    Path rocks = StoreDirectory.rocks(settings);
    Path unfinished = rocks.resolveSibling(UNFINISHED);
    if (Files.exists(unfinished)) {
      DurableFiles.deleteTree(unfinished);
    }
    if (Files.exists(rocks)) {
      DurableFiles.deleteTree(rocks);
    }
    RocksFiles.open(settings, unfinished, Opening.CREATE).close();
    DurableFiles.syncTree(unfinished);
    DurableFiles.rename(unfinished, rocks);
    DurableFiles.syncPath(settings.directory());
  }

  /**
   * Returns whether files are those of an interrupted creation: no tables, no update in a log
   * except the first, which stores the format, and either no {@code CURRENT} or one that names an
   * existing manifest.
   */
  private static boolean isUnfinished(Path rocks, List<String> names) throws IOException {
    if (names.stream().anyMatch(name -> name.endsWith(".sst") || name.endsWith(".blob"))) {
      return false;
    }
    LogScan log = LogScan.of(rocks);
    if (log.updates() > 1 || (log.damage() != null && log.damage().position() > 0)) {
      return false;
    }
    if (!names.contains("CURRENT")) {
      return true;
    }
    String current = Files.readString(rocks.resolve("CURRENT")).strip();
    return current.startsWith(MANIFEST) && names.contains(current);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
