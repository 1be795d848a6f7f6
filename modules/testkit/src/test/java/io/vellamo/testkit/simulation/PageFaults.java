package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.shard.ShardEffects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Faults planted into the pages of the whole result. */
final class PageFaults {
  private PageFaults() {}

  /** A page that arrives twice counts as the next one, too. */
  static final class TakenTwice implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        private final Map<String, ShardReply.Page> last = new HashMap<>();

        @Override
        public ShardReply reply(LocalShard shard, ShardReply reply) {
          if (!(reply instanceof ShardReply.Page page)) {
            return reply;
          }
          boolean isAgain = page.equals(last.put(shard.toString(), page));
          return isAgain
              ? new ShardReply.Page(page.shard(), page.fence(), page.number() + 1)
              : page;
        }
      };
    }
  }

  /** A page after the first one arrives without its rows. */
  static final class RowsLost implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          return new DelegatingShardEffects(actual) {
            @Override
            public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
              super.page(replyTo, reply, reply.number() > 0 ? List.of() : rows);
            }
          };
        }
      };
    }
  }

  /** A page of an earlier attempt counts as the one that the present attempt awaits. */
  static final class StaleAccepted implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        private final Map<String, ShardReply.Page> awaited = new HashMap<>();

        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void send(int shard, ShardRequest request) {
              String activation = run.shards().get(shard).toString();
              if (request instanceof ShardRequest.RunEpoch epoch) {
                awaited.put(activation, new ShardReply.Page(shard, epoch.fence(), 0));
              } else if (request instanceof ShardRequest.NextPage next) {
                awaited.put(activation, new ShardReply.Page(shard, next.fence(), next.number()));
              }
              super.send(shard, request);
            }
          };
        }

        @Override
        public ShardReply reply(LocalShard shard, ShardReply reply) {
          ShardReply.Page next = awaited.get(shard.toString());
          if (!(reply instanceof ShardReply.Page page) || next == null) {
            return reply;
          }
          return page.fence().isOvertakenBy(next.fence()) ? next : page;
        }
      };
    }
  }
}
