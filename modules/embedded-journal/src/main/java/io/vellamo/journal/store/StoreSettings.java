package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The settings of a store.
 *
 * @param directory the directory of all files
 * @param createDirectory whether to create the directory with its parents if it is missing
 * @param sync whether a change is acknowledged only after the disk has confirmed it; if not, an
 *     acknowledged change survives a crash of the process but not of the machine
 * @param damagedLog the action at open if the end of the write-ahead log is damaged
 * @param compression the compression of blocks
 * @param writeBufferBytes memory for recent writes, positive
 * @param blockCacheBytes memory for recently read blocks, positive
 * @param backgroundJobs the number of threads that flush and compact, positive
 * @param maxCommitBytes the maximum size of a commit, positive; a larger change is committed alone
 * @since 0.1
 */
public record StoreSettings(
    Path directory,
    boolean createDirectory,
    boolean sync,
    DamagedLog damagedLog,
    Compression compression,
    long writeBufferBytes,
    long blockCacheBytes,
    int backgroundJobs,
    long maxCommitBytes) {

  /** The action at open if the end of the write-ahead log is damaged. */
  public enum DamagedLog {
    /** Refuse to open; the remains of an unacknowledged last write do not count as damage. */
    FAIL,
    /**
     * Truncate the last log file after its last whole record, discarding the rest, and keep a copy
     * of the file. Damage elsewhere prevents opening.
     */
    TRUNCATE
  }

  /** The compression of blocks. */
  public enum Compression {
    /** No compression. */
    NONE,
    /** LZ4. */
    LZ4
  }

  /**
   * Checks the components.
   *
   * @param directory not null
   * @param createDirectory any
   * @param sync any
   * @param damagedLog not null
   * @param compression not null
   * @param writeBufferBytes positive
   * @param blockCacheBytes positive
   * @param backgroundJobs positive
   * @param maxCommitBytes positive
   * @throws IllegalArgumentException if a number is not positive
   */
  public StoreSettings {
    requireNonNull(directory, "directory");
    requireNonNull(damagedLog, "damagedLog");
    requireNonNull(compression, "compression");
    requirePositive("writeBufferBytes", writeBufferBytes);
    requirePositive("blockCacheBytes", blockCacheBytes);
    requirePositive("backgroundJobs", backgroundJobs);
    requirePositive("maxCommitBytes", maxCommitBytes);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, was [" + value + "]");
    }
  }
}
