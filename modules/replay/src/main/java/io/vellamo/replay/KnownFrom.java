package io.vellamo.replay;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.SnapshotPart;

/**
 * A visitor that reads only as much of a shard's journal as it takes to find the epoch from which
 * the shard is known.
 */
final class KnownFrom implements ShardScan.Visitor {
  private final long beginsWith;
  private boolean begun;
  private boolean whole = true;
  private long lastEpoch;

  /** Creates a visitor of a journal that begins with the result of an epoch, as a layout says. */
  KnownFrom(long beginsWith) {
    this.beginsWith = beginsWith;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    if (!begun) {
      whole = entry.sequenceNr() == 1;
      begun = true;
    }
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    lastEpoch = whole ? beginsWith : epoch.epoch();
    return !whole;
  }

  @Override
  public boolean part(SnapshotPart part) {
    return !whole && !part.last();
  }

  /** Returns the first epoch after which all groups are known; 0 if the journal is complete. */
  long epoch() {
    return lastEpoch;
  }
}
