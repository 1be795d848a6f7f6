package io.vellamo.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check that the directory of an open store, its lock file and its current log were not deleted,
 * moved or replaced.
 *
 * <p>An open file remains writable after its name is removed, so the names are looked up again.
 *
 * <p><b>Threading</b> used by one thread at a time.
 *
 * <p><b>Cost</b> four attribute look-ups per commit, which take some microseconds; a directory
 * listing when RocksDB has started a new log.
 */
/*
 * If files have no keys, as on Windows, the creation time is used instead; an open file cannot be
 * replaced there anyway.
 */
final class DirectoryCheck {

  private static final String LOG_SUFFIX = ".log";

  private final Path directory;
  private final Path rocks;
  private final Map<Path, Object> identities = new LinkedHashMap<>();

  /** The log that was checked last, and its size. */
  private @Nullable Path log;

  private long logBytes;
  private long updates;

  private DirectoryCheck(Path directory, Path rocks) {
    this.directory = directory;
    this.rocks = rocks;
  }

  /** Creates a check that records the identity of the directory and its lock file. */
  static DirectoryCheck begin(StoreSettings settings) throws IOException {
    DirectoryCheck check = new DirectoryCheck(settings.directory(), StoreDirectory.rocks(settings));
    check.note(check.directory);
    check.note(DirectoryLock.file(check.directory));
    return check;
  }

  /** Records the identity of the RocksDB directory, whose files have just been opened. */
  void opened(long newUpdates) throws IOException {
    note(rocks);
    updates = newUpdates;
    log = null;
    logBytes = 0;
  }

  /**
   * Checks that the directory and the lock file are those that were opened.
   *
   * @throws DirectoryLostException if they are not
   */
  void requireSameDirectory() {
    requireSame(directory);
    requireSame(DirectoryLock.file(directory));
  }

  /**
   * Checks that the written updates are in files that still have a name.
   *
   * @param newUpdates the number of updates ever made
   * @throws DirectoryLostException if they are not
   */
  void requireWritten(long newUpdates) throws IOException {
    identities.keySet().forEach(this::requireSame);
    if (newUpdates == updates) {
      return;
    }
    updates = newUpdates;
    if (!grows(log)) {
      Path newest = newestLog();
      if (newest == null || !grows(newest)) {
        throw new DirectoryLostException(
            directory, newest == null ? rocks : newest, "without the log that is written");
      }
    }
  }

  private boolean grows(@Nullable Path file) {
    if (file == null) {
      return false;
    }
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      return false;
    }
    boolean grew = size > (file.equals(log) ? logBytes : 0);
    log = file;
    logBytes = size;
    return grew;
  }

  private @Nullable Path newestLog() throws IOException {
    Path newest = null;
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(rocks, "*" + LOG_SUFFIX)) {
      for (Path each : logs) {
        newest = newest == null || each.compareTo(newest) > 0 ? each : newest;
      }
    }
    return newest;
  }

  private void note(Path path) throws IOException {
    identities.put(path, identity(path));
  }

  private void requireSame(Path path) {
    Object before = identities.get(path);
    Object now;
    try {
      now = identity(path);
    } catch (IOException e) {
      throw new DirectoryLostException(directory, path, "deleted or moved away");
    }
    if (before != null && !before.equals(now)) {
      throw new DirectoryLostException(directory, path, "replaced by another");
    }
  }

  private static Object identity(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }
}
