package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells files that are damaged from a disk that fails, or has no room, for the moment. */
final class RocksFailures {
  private RocksFailures() {}

  /** Returns whether what was asked for is damaged or lost, so that asking again can't help. */
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

  /** Returns what to do. */
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
