package io.vellamo.engine.protocol;

import io.vellamo.engine.shard.ShardLedger;

/**
 * The size of a shard.
 *
 * @param groups groups that hold state or a timeout
 * @param parked groups that are parked
 * @param waiting pending events of parked groups
 * @param bytes approximate size of the groups in the journal, without pending events
 */
public record ShardSize(long groups, long parked, long waiting, long bytes) {
  /** The size of an empty shard. */
  public static final ShardSize EMPTY = new ShardSize(0, 0, 0, 0);

  /** Returns the size of a shard. */
  public static ShardSize of(ShardLedger ledger) {
    return new ShardSize(
        ledger.groups().size(), ledger.parked().size(), ledger.parked().events(), ledger.bytes());
  }
}
