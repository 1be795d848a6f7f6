package io.vellamo.replay;

import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;

/**
 * A digest of the groups of an operator, independent of their division into shards: the sums over
 * its shards.
 *
 * @param groups the number of groups
 * @param parked the number of parked groups
 * @param events the number of their pending events
 * @param high one half of the hash, as in {@link ShardDigest}
 * @param low the other half
 */
record OperatorSum(long groups, long parked, long events, long high, long low) {
  /** The digest of an operator without groups. */
  static final OperatorSum NONE = new OperatorSum(0, 0, 0, 0, 0);

  /** Returns this digest with the groups of another shard. */
  OperatorSum plus(ShardLedger shard) {
    ShardDigest digest = ShardDigest.of(shard);
    return new OperatorSum(
        groups + digest.groups(),
        parked + shard.parked().size(),
        events + shard.parked().events(),
        high + digest.high(),
        low + digest.low());
  }
}
