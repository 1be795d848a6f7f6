package io.vellamo.actors;

import io.vellamo.actors.shard.GroupShard;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Shards without a cluster: plain children of the coordinator, which stop with it. */
final class LocalShards {
  private LocalShards() {}

  static List<ActorRef<ShardCommand>> spawn(
      ActorContext<QueryCommand> coordinator, QuerySpec spec, int count) {
    String dispatcher = spec.settings().groupDispatcher();
    List<ActorRef<ShardCommand>> shards = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      ShardConfig config =
          new ShardConfig(
              spec.name(),
              index,
              count,
              Objects.requireNonNull(spec.operator(), "operator"),
              spec.eventCodec(),
              spec.plan().errorPolicy(),
              spec.settings().journal(),
              spec.settings().hosting(),
              dispatcher,
              spec.settings().maxActiveGroups());
      ActorRef<ShardCommand> shard =
          coordinator.spawn(
              GroupShard.create(config),
              "shard-" + index,
              DispatcherSelector.fromConfig(dispatcher));
      // A shard that fails, or just stops, ends the query: the coordinator alone can't go on.
      coordinator.watch(shard);
      shards.add(shard);
    }
    return shards;
  }
}
