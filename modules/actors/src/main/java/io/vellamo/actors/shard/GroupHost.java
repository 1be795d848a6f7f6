package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.shard.EpochCall;
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
   * Calls groups, each at most once an epoch, and tells the shard when all have been called. Groups
   * called earlier in the epoch may be let go.
   */
  void call(List<EpochCall> calls, EpochTimes times);

  /** Learns what the epoch that the journal holds now changed; the time to let groups go. */
  void epochEnded(List<GroupChange> changes);
}
