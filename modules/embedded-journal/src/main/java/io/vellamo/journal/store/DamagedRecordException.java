package io.vellamo.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * The failure to read an event or a snapshot that is damaged or missing.
 *
 * @since 0.1
 */
public final class DamagedRecordException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** The persistence id of the damaged record. */
  private final String persistenceId;

  /** The sequence number of the damaged record. */
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
   * Returns the persistence id of the damaged record.
   *
   * @return the persistence id
   */
  public String persistenceId() {
    return persistenceId;
  }

  /**
   * Returns the sequence number of the damaged record.
   *
   * @return its sequence number, or the first one that could not be read
   */
  public long sequenceNr() {
    return sequenceNr;
  }
}
