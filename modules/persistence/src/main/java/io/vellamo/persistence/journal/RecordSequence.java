package io.vellamo.persistence.journal;

import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.journal.ReshardRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a journal: those that a recovery receives, checked to be whole and of one writer
 * at a time, and those that are written next.
 *
 * <p>A recovery must get every record from the one after the snapshot's mark, or the first, to the
 * highest that the journal has assigned. If the mark is lost, the journal begins later than
 * expected. It is still complete if it holds a whole snapshot that needs none of the records before
 * its beginning.
 *
 * <p>It does not rely on the journal: a lost record, a replay that ends early, and a record of a
 * writer that had been replaced, which a journal must refuse, are detected.
 *
 * <p><b>Order</b> {@link #beginAfter} if there is a snapshot, {@link #next} for each record, {@link
 * #recovered} once, {@link #toWrite} for each write.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RecordSequence {
  private final String persistenceId;
  private long last;
  // The highest run or activation so far.
  private long writer;
  private boolean recovering = true;
  private boolean hasMark;
  private boolean hasBegun;

  // Set while the records before the first one are missing and no snapshot has made up for them.
  private @Nullable MissingRecordsException missing;

  /** Creates the sequence of a recovery that begins at the first record. */
  public RecordSequence(PersistenceId id) {
    this.persistenceId = id.id();
  }

  /** Takes the place where the snapshot store says that a recovery may begin. */
  public void beginAfter(SnapshotMark mark) {
    hasMark = true;
    last = mark.sequenceNr();
  }

  /** Returns whether the recovery is in progress. */
  public boolean isRecovering() {
    return recovering;
  }

  /**
   * Takes the next entry.
   *
   * @param sequenceNr the sequence number that the journal gives it
   * @param entry the entry
   * @throws MissingRecordsException if records are missing before it
   * @throws IllegalStateException if it is not the only entry at its place, or its writer had been
   *     replaced before
   */
  public void next(long sequenceNr, JournalEntry<?> entry) {
    requirePlace(persistenceId, sequenceNr, entry);
    if ((hasBegun && sequenceNr <= last) || entry.writer() < writer) {
      throw new IllegalStateException(
          "Entry [%d] of [%s] must be the only one at its place, and of writer [%d] or a later one, was of [%d] after [%d]; two processes have written at once, restore the journal from a backup"
              .formatted(sequenceNr, persistenceId, writer, entry.writer(), last));
    }
    writer = entry.writer();
    JournalRecord record = entry.record();
    if (sequenceNr > last + 1) {
      MissingRecordsException gap =
          new MissingRecordsException(
              persistenceId, last + 1, sequenceNr - 1, "[" + sequenceNr + "]");
      boolean mayFollow =
          record instanceof ShardRecord
              || record instanceof InboxRecord
              || record instanceof QuerySnapshot;
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
   * Checks that an entry was written at the place where a journal has it.
   *
   * @param persistenceId the journal's owner
   * @param sequenceNr the sequence number that the journal gives it
   * @throws IllegalStateException if it was not
   */
  public static void requirePlace(String persistenceId, long sequenceNr, JournalEntry<?> entry) {
    if (entry.sequenceNr() != sequenceNr) {
      throw new IllegalStateException(
          "Entry [%d] of [%s] must be where it was written, was written at [%d]; restore the journal from a backup"
              .formatted(sequenceNr, persistenceId, entry.sequenceNr()));
    }
  }

  /**
   * Returns the entries of an atomic write.
   *
   * @param after the sequence number of the preceding record
   * @param records what is written; a claim makes its run or activation the writer of all of them
   */
  public <R extends JournalRecord> List<JournalEntry<R>> toWrite(long after, List<R> records) {
    for (R record : records) {
      writer = Math.max(writer, claimant(record));
    }
    List<JournalEntry<R>> entries = new ArrayList<>(records.size());
    for (R record : records) {
      entries.add(new JournalEntry<>(after + entries.size() + 1, writer, record));
    }
    return entries;
  }

  private static long claimant(JournalRecord record) {
    if (record instanceof QueryResumed resumed) {
      return resumed.incarnation();
    }
    if (record instanceof ReshardRecord.Begun begun) {
      return begun.incarnation();
    }
    if (record instanceof InboxOpened opened) {
      return opened.incarnation();
    }
    return record instanceof ShardOwned owned ? owned.owner() : 0;
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
    if (highest > last) {
      throw new MissingRecordsException(
          persistenceId,
          last + 1,
          highest,
          "none, and [" + highest + "] as the highest ever given");
    }
  }
}
