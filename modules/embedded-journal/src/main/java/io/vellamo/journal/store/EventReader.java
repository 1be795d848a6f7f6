package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;

/**
 * A reader of the events of one persistence id; checks that none is damaged and that the last is
 * not lost.
 */
final class EventReader {

  private final String persistenceId;
  private final Predicate<? super StoredEvent> visitor;
  private final Runnable beforeEach;

  /**
   * Creates a reader.
   *
   * @param beforeEach run before each event; throws to end the read
   */
  EventReader(String persistenceId, Predicate<? super StoredEvent> visitor, Runnable beforeEach) {
    this.persistenceId = persistenceId;
    this.visitor = visitor;
    this.beforeEach = beforeEach;
  }

  /** Reads events until the visitor stops the read. Returns the number of events visited. */
  long read(RocksView view, long fromSequenceNr, long toSequenceNr) {
    Sequence sequence = view.sequence(persistenceId);
    if (sequence == null) {
      return 0;
    }
    long last = Math.min(toSequenceNr, sequence.highest());
    if (sequence.deletedTo() >= last) {
      return 0;
    }
    long first = Math.max(fromSequenceNr, sequence.deletedTo() + 1);
    return first > last ? 0 : read(view, sequence, first, last);
  }

  private long read(RocksView view, Sequence sequence, long first, long last) {
    byte[] from = Keys.record(sequence.id(), first);
    byte[] behind = Keys.behindRecord(sequence.id(), last);
    long count = 0;
    long read = first - 1;
    try (RocksView.Cursor cursor = view.cursor(Family.EVENTS, from, behind)) {
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        beforeEach.run();
        count++;
        read = Keys.sequenceNr(cursor.key());
        if (!visitor.test(RecordFormat.decodeEvent(persistenceId, read, cursor.value()))) {
          return count;
        }
      }
    } catch (RocksDBException e) {
      throw RocksFailures.isDamage(e)
          ? new DamagedRecordException(persistenceId, read + 1, e.getMessage(), e)
          : new JournalStoreException(
              String.format(
                  "Events of persistence id [%s] must be readable from sequence number [%d] on, found"
                      + " [%s]; %s",
                  persistenceId, read + 1, e.getMessage(), RocksFailures.remedy(e)),
              e);
    }
    // The highest sequence number belongs to an event, which exists unless it was deleted.
    if (last == sequence.highest() && read != last) {
      throw new DamagedRecordException(persistenceId, last, "no event", null);
    }
    return count;
  }
}
