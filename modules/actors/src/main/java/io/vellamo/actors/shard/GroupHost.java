package io.vellamo.actors.shard;

import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;

/**
 * The host of a shard's groups, which keeps them live and runs their functions.
 *
 * <p><b>Order</b> {@link #call}, then, once the host has told the shard {@link
 * ShardMessage.Stepped}, either another {@code call} or {@link #epochEnded}.
 *
 * <p><b>Threading</b> Used by the shard's actor only.
 */
interface GroupHost {
  /**
   * Calls groups, each at most once a round, and tells the shard when all have been called. Groups
   * called earlier in the epoch may be passivated.
   *
   * @param ledger the shard before the epoch
   */
  void call(ShardLedger ledger, List<EpochCall> calls, EpochTimes times);

  /**
   * Notes that the epoch is over, and passivates groups beyond the bound.
   *
   * @param ledger the shard after the epoch
   */
  void epochEnded(ShardLedger ledger);
}
