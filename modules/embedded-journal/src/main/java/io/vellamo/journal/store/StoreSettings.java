package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * How to open a store.
 *
 * @param directory where everything is kept
 * @param createDirectory whether to create the directory with its parents if it is missing
 * @param sync whether a change is acknowledged only after the disk has confirmed it. Without, an
 *     acknowledged change survives the death of the process but not of the machine
 * @param damagedLog what to do at open if the end of the write-ahead log is damaged
 * @param compression how blocks are compressed
 * @param writeBufferBytes memory for what was written last, positive
 * @param blockCacheBytes memory for what was read last, positive
 * @param backgroundJobs threads that flush and compact, positive
 * @param maxCommitBytes how much is put into one commit at most, positive; a larger change goes
 *     alone
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

  /** What to do at open if the end of the write-ahead log is damaged. */
  public enum DamagedLog {
    /** Refuse to open; the rest of a last write that was not acknowledged is not a damage. */
    FAIL,
    /**
     * Cut the file of the log that was written last behind its last whole record, keep a copy of
     * it, and lose the rest. Damage elsewhere is refused.
     */
    TRUNCATE
  }

  /** How blocks are compressed. */
  public enum Compression {
    /** Not at all. */
    NONE,
    /** With LZ4. */
    LZ4
  }

  /**
   * Checks the parts.
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
