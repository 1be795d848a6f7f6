package io.vellamo.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.ShardParks;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.List;

/**
 * A shard rebuilt from the first record in the journal.
 *
 * <p>If earlier records have been deleted, groups are restored from the parts of the first
 * snapshot, and all groups are known after its last part. Later snapshots are ignored.
 */
final class ShardRebuild {
  private final ShardLedger ledger;
  private final long beginsWith;
  private boolean known = true;
  private long knownFrom;
  private long records;

  /**
   * Creates a shard without groups.
   *
   * @param beginsWith the epoch with whose result its journal begins, as {@link ShardLayout} says
   */
  ShardRebuild(GroupStateTimeout timeout, long beginsWith) {
    this.ledger = new ShardLedger(timeout);
    this.beginsWith = beginsWith;
    this.knownFrom = beginsWith;
  }

  /** Returns whether an epoch in the journal stands for all epochs before it. */
  boolean isBeginning(long epoch) {
    return epoch != 0 && epoch == beginsWith;
  }

  /** Counts a record; the first one shows whether the journal is complete. */
  void record(long sequenceNr) {
    known &= records > 0 || sequenceNr == 1;
    records++;
  }

  void apply(RecordedEpoch epoch) {
    int part = 0;
    if (!epoch.deadLetters().isEmpty()) {
      ledger.hold(
          part++,
          new ShardDeadLetters(epoch.change().incarnation(), epoch.epoch(), epoch.deadLetters()));
    }
    if (!epoch.parks().isEmpty()) {
      ledger.hold(
          part++, new ShardParks(epoch.change().incarnation(), epoch.epoch(), epoch.parks()));
    }
    ledger.apply(part, epoch.change());
  }

  void requested(GroupKey key, ParkRequest request) {
    ledger.request(key, request);
  }

  void forget(List<Integer> variables) {
    ledger.forget(variables);
  }

  void restore(List<ParkChange> parks) {
    if (!known) {
      ledger.restore(parks);
    }
  }

  void restore(SnapshotPart part) {
    if (known) {
      return;
    }
    ledger.restore(part);
    if (part.last()) {
      known = true;
      // Changes between the parts may have put entries of variables out of order.
      ledger.recovered();
      knownFrom = ledger.lastEpoch();
    }
  }

  ShardLedger ledger() {
    return ledger;
  }

  /** Returns whether all groups are known. */
  boolean isKnown() {
    return known;
  }

  /** Returns the number of records so far. */
  long records() {
    return records;
  }

  /** Returns the first epoch after which all groups are known; valid only once they are. */
  long knownFrom() {
    return knownFrom;
  }
}
