package io.vellamo.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Checks of a store's directory, and the exceptions that describe their failures. */
final class StoreDirectory {

  /**
   * Room for the files that opening writes in addition to the content of the log, and for some
   * commits.
   */
  private static final long LEAST_ROOM_BYTES = 4 << 20;

  private StoreDirectory() {}

  /** Returns the directory for RocksDB. */
  static Path rocks(StoreSettings settings) {
    return settings.directory().resolve("rocksdb");
  }

  /**
   * Checks that the directory can be used, and creates it if it is missing and the settings allow
   * that.
   */
  static void prepare(StoreSettings settings) {
    Path directory = settings.directory();
    try {
      if (settings.createDirectory() && !Files.exists(directory)) {
        DurableFiles.createDirectories(directory);
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
  }

  /**
   * Checks that the disk has room to reopen the store, which flushes the log to tables, so that an
   * attempt does not fill up the disk.
   */
  static void requireRoom(StoreSettings settings) {
    try {
      long needed = LEAST_ROOM_BYTES + logBytes(rocks(settings));
      long usable = Files.getFileStore(settings.directory()).getUsableSpace();
      if (usable < needed) {
        throw new JournalStoreException(
            String.format(
                "Disk of journal directory [%s] must have [%d] bytes free, found [%d];"
                    + " make room on it",
                settings.directory(), needed, usable));
      }
    } catch (IOException e) {
      throw unusable(settings, e);
    }
  }

  private static long logBytes(Path rocks) throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(rocks, "*.log")) {
      for (Path log : logs) {
        bytes += Files.size(log);
      }
    }
    return bytes;
  }

  static JournalStoreException unusable(StoreSettings settings, IOException cause) {
    return new JournalStoreException(
        String.format(
            "Journal directory [%s] must be writable by this process, found [%s];"
                + " change its owner or mode, or name another one",
            settings.directory(), cause),
        cause);
  }

  static JournalStoreException unreadable(
      StoreSettings settings, RocksDBException cause, LogScan.@Nullable Damage damage) {
    String found = cause.getMessage() + (damage == null ? "" : ", " + damage);
    return new JournalStoreException(
        String.format(
            "Journal directory [%s] must hold files that RocksDB can open, found [%s]; %s",
            settings.directory(), found, remedy(cause, damage)),
        cause);
  }

  private static String remedy(RocksDBException cause, LogScan.@Nullable Damage damage) {
    boolean isDamage = damage != null || RocksFailures.isDamage(cause);
    return isDamage && !RocksFailures.isNoSpace(cause)
        ? "restore it from a backup" + orTruncate(damage)
        : RocksFailures.remedy(cause);
  }

  /**
   * Returns the alternative remedy of truncating the log, or an empty string if that would not
   * help.
   */
  static String orTruncate(LogScan.@Nullable Damage damage) {
    return damage == null || !damage.newest()
        ? ""
        : ", or open it once with damaged-log = truncate, which loses what was written behind the"
            + " damage";
  }
}
