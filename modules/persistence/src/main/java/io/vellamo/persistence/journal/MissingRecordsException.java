package io.vellamo.persistence.journal;

/**
 * Refusal of a journal in which records are missing: what follows from them would be wrong.
 *
 * @since 0.1
 */
public final class MissingRecordsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Whose records are missing. */
  private final String persistenceId;

  private final long first;
  private final long last;

  /**
   * Creates a refusal.
   *
   * @param persistenceId whose records are missing
   * @param first the sequence number of the first record that is missing
   * @param last the sequence number of the last one
   * @param found what was found instead
   */
  public MissingRecordsException(String persistenceId, long first, long last, String found) {
    super(
        "Records of [%s] must follow each other without a gap, expected sequence number [%d], found %s; records [%d] to [%d] are missing, restore the journal from a backup"
            .formatted(persistenceId, first, found, first, last));
    this.persistenceId = persistenceId;
    this.first = first;
    this.last = last;
  }

  /**
   * Returns whose records are missing.
   *
   * @return the persistence id
   */
  public String persistenceId() {
    return persistenceId;
  }

  /**
   * Returns the first record that is missing.
   *
   * @return its sequence number
   */
  public long first() {
    return first;
  }

  /**
   * Returns the last record that is missing.
   *
   * @return its sequence number
   */
  public long last() {
    return last;
  }
}
