package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * A classification of RocksDB failures: damaged files as opposed to a disk that fails temporarily
 * or is full.
 */
final class RocksFailures {
  private RocksFailures() {}

  /** Returns whether the requested data is damaged or lost, so that a retry cannot succeed. */
  static boolean isDamage(RocksDBException failure) {
    Status status = failure.getStatus();
    if (status == null) {
      return true;
    }
    return switch (status.getCode()) {
      case IOError -> isGone(failure.getMessage());
      case TimedOut, Aborted, Busy, TryAgain, ShutdownInProgress, Incomplete -> false;
      default -> true;
    };
  }

  /** Returns the remedy to state in an error message. */
  static String remedy(RocksDBException failure) {
    if (isNoSpace(failure)) {
      return "make room on its disk";
    }
    return isDamage(failure)
        ? "restore it from a backup"
        : "nothing is known to be damaged: check the disk and its file system, and try again";
  }

  static boolean isNoSpace(RocksDBException failure) {
    Status status = failure.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  private static boolean isGone(@Nullable String message) {
    return message != null && message.contains("No such file");
  }
}
