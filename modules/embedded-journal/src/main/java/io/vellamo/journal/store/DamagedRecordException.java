package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Refusal to hand out an event or a snapshot that is not what was written, or cannot be read.
 *
 * @since 0.1
 */
public final class DamagedRecordException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** Whose record is damaged. */
  private final String persistenceId;

  /** Which record is damaged. */
  private final long sequenceNr;

  DamagedRecordException(
      String persistenceId, long sequenceNr, @Nullable String damage, @Nullable Throwable cause) {
    super(
        String.format(
            "Record [%d] of persistence id [%s] must be as it was written, found [%s];"
                + " restore the journal directory from a backup",
            sequenceNr, persistenceId, damage),
        cause);
    this.persistenceId = persistenceId;
    this.sequenceNr = sequenceNr;
  }

  /**
   * Returns whose record is damaged.
   *
   * @return the persistence id
   */
  public String persistenceId() {
    return persistenceId;
  }

  /**
   * Returns which record is damaged.
   *
   * @return its sequence number, or the first one that could not be read
   */
  public long sequenceNr() {
    return sequenceNr;
  }
}
