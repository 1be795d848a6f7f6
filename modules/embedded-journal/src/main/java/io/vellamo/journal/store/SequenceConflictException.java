package io.vellamo.journal.store;

/**
 * The refusal of an append that would overwrite an event or precede one.
 *
 * <p>Either two writers use the same persistence id, or one writer repeated an append.
 *
 * @since 0.1
 */
public final class SequenceConflictException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** The persistence id of the refused append. */
  private final String persistenceId;

  /** The first sequence number of the refused append. */
  private final long sequenceNr;

  /** The highest sequence number in the log. */
  private final long highestSequenceNr;

  SequenceConflictException(String persistenceId, long sequenceNr, long highestSequenceNr) {
    super(
        String.format(
            "Append to persistence id [%s] must start above sequence number [%d], found [%d];"
                + " another writer uses this persistence id, stop one of them",
            persistenceId, highestSequenceNr, sequenceNr));
    this.persistenceId = persistenceId;
    this.sequenceNr = sequenceNr;
    this.highestSequenceNr = highestSequenceNr;
  }

  /**
   * Returns the persistence id of the refused append.
   *
   * @return the persistence id
   */
  public String persistenceId() {
    return persistenceId;
  }

  /**
   * Returns the first sequence number of the refused append.
   *
   * @return the sequence number
   */
  public long sequenceNr() {
    return sequenceNr;
  }

  /**
   * Returns the highest sequence number in the log.
   *
   * @return the sequence number
   */
  public long highestSequenceNr() {
    return highestSequenceNr;
  }
}
