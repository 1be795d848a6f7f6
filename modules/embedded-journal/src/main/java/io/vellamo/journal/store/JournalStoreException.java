package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * A failure of the store or of its directory.
 *
 * @since 0.1
 */
public sealed class JournalStoreException extends RuntimeException
    permits DamagedRecordException,
        DirectoryInUseException,
        DirectoryLostException,
        SequenceConflictException,
        WritesRefusedException {

  private static final long serialVersionUID = 1L;

  JournalStoreException(String message) {
    this(message, null);
  }

  JournalStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
