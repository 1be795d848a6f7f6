package io.vellamo.engine.protocol.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a run that stop by themselves: each is started again after a backoff, unless that
 * can't help. If it has not answered for the epoch that runs, the epoch is read again and all
 * shards are asked again: those that hold it already answer from memory.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LostShards {
  private final QueryMachine query;
  private final QuerySetup setup;
  private final QueryEffects effects;
  private final ShardTable table;

  LostShards(QueryMachine query, QuerySetup setup, QueryEffects effects, ShardTable table) {
    this.query = query;
    this.setup = setup;
    this.effects = effects;
    this.table = table;
  }

  /**
   * Has a shard started again, or ends the query.
   *
   * @param lost the shard, and why it has stopped
   * @param epoch the epoch that runs; null if none does
   */
  void lost(QueryInput.ShardLost lost, @Nullable RunningEpoch epoch) {
    int shard = lost.shard();
    ShardRestarts restarts = setup.restarts();
    boolean isAwaited = epoch != null && epoch.isAwaited(shard);
    long stableMillis = isAwaited ? Long.MAX_VALUE : restarts.mostBackoffMillis();
    int failures = table.lost(shard, query.now(), stableMillis);
    if (!lost.mayPass()
        || !table.hasBeenOpen(shard)
        || table.lostForMillis(shard, query.now()) >= restarts.giveUpMillis()) {
      query.failed("[shard-" + shard + "]", lost.problem());
      return;
    }
    if (epoch != null) {
      epoch.lost(shard);
    }
    long backoffMillis = restarts.backoffMillis(failures);
    effects.publish(
        new QueryNews.ShardRestarting(
            shard,
            setup.operatorName(shard / setup.shards()),
            lost.problem().text(),
            Duration.ofMillis(backoffMillis)));
    effects.restartShard(shard, backoffMillis);
  }
}
