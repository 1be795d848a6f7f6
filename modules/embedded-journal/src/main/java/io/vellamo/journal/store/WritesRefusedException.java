package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * The refusal of a change because the store is closed, or cannot be reopened after an earlier
 * change failed.
 *
 * <p>After a failed write or sync it is unknown how much of it the disk holds, even if a later sync
 * succeeds. The store therefore accepts no changes until it is reopened, which reads back what the
 * disk holds; each further change retries this.
 *
 * @since 0.1
 */
public final class WritesRefusedException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  WritesRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
