package io.vellamo.engine.inbox;

import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The schedule of an inbox's snapshots: one is due when the journal has grown, since the last one,
 * by more than a snapshot takes, and by a minimum. Messages wait until it is written, usually by
 * one write.
 */
final class InboxSnapshots {
  private final JournalLimits limits;
  private long grownBytes;
  // The record after which the last complete snapshot begins; 0 if there is none.
  private long lastMark;
  // While a snapshot is written: its next writes, and the record after which it begins.
  private final Deque<List<InboxRecord>> writes = new ArrayDeque<>();
  private long beginsAfter;

  InboxSnapshots(JournalLimits limits) {
    this.limits = limits;
  }

  /** Notes a record that the journal holds. */
  void holds(InboxRecord record) {
    if (record instanceof MessagesStored stored) {
      grownBytes += stored.size();
    } else if (record instanceof SnapshotMark mark) {
      lastMark = mark.sequenceNr();
      grownBytes = 0;
    }
  }

  /**
   * Returns what a snapshot has to write next, after beginning one that is due.
   *
   * @param lastSequenceNr the last record of the journal
   * @return the records of one write; empty if no snapshot is written
   */
  List<InboxRecord> next(InboxLog log, long lastSequenceNr) {
    if (writes.isEmpty() && grownBytes >= limits.leastSnapshotBytes() && grownBytes > log.bytes()) {
      beginsAfter = lastSequenceNr;
      List<MessagesStored> records = log.snapshot(limits.maxRecordBytes());
      for (List<MessagesStored> some :
          Pieces.of(records, MessagesStored::size, limits.maxWriteBytes())) {
        writes.add(new ArrayList<>(some));
      }
      // So that the journal alone shows where a recovery may begin.
      writes.getLast().add(new SnapshotMark(beginsAfter));
    }
    return writes.isEmpty() ? List.of() : writes.remove();
  }

  /** Notes that a write of a snapshot is done; marks the snapshot with the last of them. */
  void written(InboxEffects effects) {
    if (writes.isEmpty()) {
      effects.markSnapshot(beginsAfter, lastMark);
      lastMark = beginsAfter;
      grownBytes = 0;
    }
  }
}
