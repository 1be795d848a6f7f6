package io.vellamo.engine.journal;

import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.ShardLedger;

/**
 * The effect of each record on a shard: the same while the shard recovers, and when a write is
 * acknowledged. A recovery applies all records, or those after a {@link SnapshotMark}, to an empty
 * ledger.
 */
public final class ShardRecovery {
  private ShardRecovery() {}

  /** Applies a record to a ledger. */
  public static void apply(ShardRecord record, ShardLedger ledger) {
    if (record instanceof ShardChanged changed) {
      ledger.apply(changed.part(), changed.change());
    } else if (record instanceof ShardChangedPart part) {
      ledger.hold(part.part(), part.change());
    } else if (record instanceof InputsRecorded recorded) {
      ledger.hold(recorded.part(), recorded.inputs());
    } else if (record instanceof DeadLettersRecorded recorded) {
      ledger.hold(recorded.part(), recorded.letters());
    } else if (record instanceof ParksChanged changed) {
      ledger.hold(changed.part(), changed.parks());
    } else if (record instanceof ShardOwned owned) {
      ledger.own(owned.owner(), owned.incarnation());
      ledger.forget(owned.dropped());
    } else if (record instanceof ParkRequested requested) {
      ledger.request(requested.key(), requested.request());
    } else if (record instanceof ParksSnapshotPart part) {
      ledger.restore(part.parks());
    } else if (record instanceof ShardSnapshotPart part) {
      ledger.restoreOwner(part.owner());
      ledger.restore(part.part());
    } else if (!(record instanceof SnapshotMark)) {
      throw new AssertionError("unhandled " + record.getClass());
    }
  }
}
