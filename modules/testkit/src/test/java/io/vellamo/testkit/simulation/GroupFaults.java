package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.protocol.ShardReply;

/** Faults of users' requests for groups. */
final class GroupFaults {
  private GroupFaults() {}

  /** Users get the groups of an epoch that the query has not committed. */
  static final class NotCommitted implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardReply reply(LocalShard shard, ShardReply reply) {
          return reply instanceof ShardReply.GroupsRead read
              ? new ShardReply.GroupsRead(read.shard(), read.fence(), 0, read.found())
              : reply;
        }
      };
    }
  }
}
