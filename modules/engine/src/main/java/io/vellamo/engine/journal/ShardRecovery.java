package io.vellamo.engine.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshot;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;

/** The recovery of a shard: the offer of the snapshot store, then each record. */
public final class ShardRecovery {
  private ShardRecovery() {}

  /**
   * Returns the ledger that a recovery begins with.
   *
   * @param timeout the clock of the shard's timers
   * @param offered the content of the snapshot store: a mark, or a snapshot in one piece as earlier
   *     versions wrote it
   */
  public static ShardLedger begin(GroupStateTimeout timeout, Object offered) {
    ShardLedger ledger = new ShardLedger(timeout);
    if (offered instanceof ShardSnapshot whole) {
      ledger.restore(whole.incarnation(), whole.lastEpoch(), whole.lastRows());
      ledger.restore(new SnapshotPart(whole.groups(), true));
    }
    return ledger;
  }

  /** Applies a record to a ledger in place, and returns the ledger. */
  public static ShardLedger after(ShardLedger ledger, ShardRecord record) {
    if (record instanceof ShardChanged changed) {
      ledger.apply(changed.change());
    } else if (record instanceof ShardChangedPart part) {
      ledger.hold(part.part());
    } else if (record instanceof DeadLettersRecorded recorded) {
      ledger.hold(recorded.letters());
    } else if (record instanceof ParksChanged changed) {
      ledger.hold(changed.parks());
    } else if (record instanceof ParkRequested requested) {
      ledger.request(requested.key(), requested.request());
    } else if (record instanceof ParksSnapshotPart part) {
      ledger.restore(part.parks());
    } else if (record instanceof ShardSnapshotPart part) {
      ledger.restore(part.part());
    } else if (!(record instanceof InputsRecorded || record instanceof SnapshotMark)) {
      throw new AssertionError("unhandled " + record.getClass());
    }
    return ledger;
  }
}
