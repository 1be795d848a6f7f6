package io.vellamo.persistence.journal;

import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of the records that a recovery receives, checked to be without gaps: from
 * the one after the snapshot's mark, or the first, to the highest that the journal has assigned.
 *
 * <p>If the mark is lost, the journal begins later than expected. It is still complete if it holds
 * a whole snapshot that needs none of the records before its beginning.
 *
 * <p>It does not rely on the journal: a lost record, or a replay that ends early, is detected.
 *
 * <p><b>Order</b> {@link #beginAfter} if there is a snapshot, {@link #next} for each record, {@link
 * #recovered} once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RecordSequence {
  private static final long UNKNOWN = -1;

  private final String persistenceId;
  private long last;
  private boolean recovering = true;
  private boolean hasMark;
  private boolean hasBegun;

  // Set while the records before the first one are missing and no snapshot has made up for them.
  private @Nullable MissingRecordsException missing;

  /** Creates the sequence of a recovery that begins at the first record. */
  public RecordSequence(PersistenceId id) {
    this.persistenceId = id.id();
  }

  /** Takes the offer of the snapshot store. Only a mark determines the next sequence number. */
  public void beginAfter(Object offered) {
    hasMark = true;
    last = offered instanceof SnapshotMark mark ? mark.sequenceNr() : UNKNOWN;
  }

  /** Returns whether the recovery is in progress. */
  public boolean isRecovering() {
    return recovering;
  }

  /**
   * Takes the next record.
   *
   * @param sequenceNr its sequence number
   * @param record the record
   * @throws MissingRecordsException if records are missing before it
   */
  public void next(long sequenceNr, JournalRecord record) {
    if (last != UNKNOWN && sequenceNr > last + 1) {
      MissingRecordsException gap =
          new MissingRecordsException(
              persistenceId, last + 1, sequenceNr - 1, "[" + sequenceNr + "]");
      boolean mayFollow = record instanceof ShardRecord || record instanceof QuerySnapshot;
      if (hasMark || hasBegun || !mayFollow) {
        throw gap;
      }
      missing = gap;
    }
    hasBegun = true;
    last = sequenceNr;
    if (missing != null && makesUpFor(missing, record)) {
      missing = null;
    }
  }

  private static boolean makesUpFor(MissingRecordsException missing, JournalRecord record) {
    return record instanceof QuerySnapshot
        || (record instanceof SnapshotMark mark && mark.sequenceNr() >= missing.last());
  }

  /**
   * Ends the recovery.
   *
   * @param highest the highest sequence number that the journal has assigned
   * @throws MissingRecordsException if the last records are missing, or the first ones and no
   *     snapshot makes up for them
   */
  public void recovered(long highest) {
    recovering = false;
    if (missing != null) {
      throw missing;
    }
    if (last != UNKNOWN && highest > last) {
      throw new MissingRecordsException(
          persistenceId,
          last + 1,
          highest,
          "none, and [" + highest + "] as the highest ever given");
    }
  }
}
