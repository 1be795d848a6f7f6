package io.vellamo.actors.shard;

import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;

/**
 * Where a shard's groups live and their functions run.
 *
 * <p><b>Order</b> {@link #call}, then, once the host has told the shard {@link
 * ShardCommand.Stepped}, either another {@code call} or {@link #epochEnded}.
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
   * Learns that the epoch is over; the time to passivate groups.
   *
   * @param ledger the shard after the epoch
   */
  void epochEnded(ShardLedger ledger);
}
