package io.vellamo.actors.shard;

import io.vellamo.engine.shard.ShardLedger;

/**
 * How much a shard keeps.
 *
 * @param groups groups that hold state or a timeout
 * @param parked groups that are parked
 * @param waiting events of parked groups that wait
 */
public record ShardSize(long groups, long parked, long waiting) {
  /** Nothing. */
  public static final ShardSize EMPTY = new ShardSize(0, 0, 0);

  static ShardSize of(ShardLedger ledger) {
    return new ShardSize(ledger.groups().size(), ledger.parked().size(), ledger.parked().events());
  }
}
