package io.vellamo.replay;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.shard.ShardLedger;

/** A visitor of a shard's journal that recovers the shard, as its next activation would. */
final class RecoveredShard implements ShardScan.Visitor {
  private final long start;
  private final ShardLedger ledger;

  /**
   * Creates a visitor.
   *
   * @param start the record after which the recovery begins; 0 if it begins with the first
   * @param ledger the shard without groups
   */
  RecoveredShard(long start, ShardLedger ledger) {
    this.start = start;
    this.ledger = ledger;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    if (entry.sequenceNr() > start) {
      ShardRecovery.apply(entry.record(), ledger);
    }
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    return true;
  }

  /** Returns the shard, once all records are read. */
  ShardLedger end() {
    ledger.recovered();
    return ledger;
  }
}
