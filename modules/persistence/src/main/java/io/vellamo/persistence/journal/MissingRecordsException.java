package io.vellamo.persistence.journal;

/**
 * Refusal of a journal in which records are missing: a state recovered from it would be wrong.
 *
 * @since 0.1
 */
public final class MissingRecordsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** The persistence id of the missing records. */
  private final String persistenceId;

  private final long first;
  private final long last;

  /**
   * Creates a refusal.
   *
   * @param persistenceId the persistence id of the missing records
   * @param first the sequence number of the first missing record
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
   * Returns the owner of the missing records.
   *
   * @return the persistence id
   */
  public String persistenceId() {
    return persistenceId;
  }

  /**
   * Returns the first missing record.
   *
   * @return its sequence number
   */
  public long first() {
    return first;
  }

  /**
   * Returns the last missing record.
   *
   * @return its sequence number
   */
  public long last() {
    return last;
  }
}
