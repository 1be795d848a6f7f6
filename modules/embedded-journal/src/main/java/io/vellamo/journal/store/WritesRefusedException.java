package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Refusal of a change because the store is closed, or because an earlier change failed.
 *
 * <p>After a failed write or sync nobody knows how much of it the disk holds, and a later sync that
 * succeeds does not tell. So the store takes no changes until it could be opened again, which reads
 * back what is really there; the next change tries that.
 *
 * @since 0.1
 */
public final class WritesRefusedException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  WritesRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
