package io.vellamo.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Checks of a store's directory, and the words for what is wrong with it. */
final class StoreDirectory {

  private static final String ROCKS = "rocksdb";

  private StoreDirectory() {}

  /** Returns the directory for RocksDB, inside a directory that can be used. */
  static Path prepare(StoreSettings settings) {
    Path directory = settings.directory();
    try {
      if (settings.createDirectory() && !Files.exists(directory)) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw unusable(settings, e);
    }
    if (!Files.isDirectory(directory)) {
      String found = Files.exists(directory) ? "a file" : "nothing";
      throw new JournalStoreException(
          String.format(
              "Journal directory [%s] must be a directory, found [%s];"
                  + " create or mount it, or name another one",
              directory, found));
    }
    if (!Files.isWritable(directory)) {
      throw unusable(settings, new IOException("no right to write"));
    }
    return directory.resolve(ROCKS);
  }

  static JournalStoreException unusable(StoreSettings settings, IOException cause) {
    return new JournalStoreException(
        String.format(
            "Journal directory [%s] must be writable by this process, found [%s];"
                + " change its owner or mode, or name another one",
            settings.directory(), cause),
        cause);
  }

  static JournalStoreException unreadable(StoreSettings settings, RocksDBException cause) {
    Status status = cause.getStatus();
    boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
    String remedy =
        damaged
            ? "restore it from a backup, or, if only the log is damaged, open it once with"
                + " damaged-log = truncate, which loses what was written behind the damage"
            : "the RocksDB log file in it says more";
    return new JournalStoreException(
        String.format(
            "Journal directory [%s] must hold files that RocksDB can open, found [%s]; %s",
            settings.directory(), cause.getMessage(), remedy),
        cause);
  }
}
