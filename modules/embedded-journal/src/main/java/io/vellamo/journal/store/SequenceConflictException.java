package io.vellamo.journal.store;

/**
 * Refusal of an append that would overwrite an event or come before one.
 *
 * <p>It means that two writers use the same persistence id, or that one was asked to write again
 * what had been written.
 *
 * @since 0.1
 */
public final class SequenceConflictException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** Whose log was to grow. */
  private final String persistenceId;

  /** The first sequence number of the refused append. */
  private final long sequenceNr;

  /** The highest sequence number the log had. */
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
   * Returns whose log was to grow.
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
   * Returns the highest sequence number the log had.
   *
   * @return the sequence number
   */
  public long highestSequenceNr() {
    return highestSequenceNr;
  }
}
