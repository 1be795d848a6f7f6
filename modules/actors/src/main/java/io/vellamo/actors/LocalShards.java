package io.vellamo.actors;

import io.vellamo.actors.shard.GroupShard;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardConfig;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.OperatorNumbers;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Shards without a cluster: plain children of the coordinator, which stop with it. */
final class LocalShards {
  private LocalShards() {}

  /** Starts the shards of all operators, by the operators' places. */
  static List<ActorRef<ShardCommand>> spawn(
      ActorContext<QueryCommand> coordinator,
      QuerySpec spec,
      QueryResources resources,
      QueryCreated created) {
    int shards = created.shards();
    OperatorNumbers numbers = spec.operatorNumbers(created.operators());
    int count = shards * spec.operators().size();
    List<ActorRef<ShardCommand>> spawned = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      ShardConfig config =
          new ShardConfig(
              spec.name(),
              index,
              numbers.ofPlace(index / shards) * shards + index % shards,
              count,
              spec.operators().get(index / shards),
              spec.operatorNames().get(index / shards),
              spec.eventCodec(),
              spec.plan().errorPolicy(),
              spec.settings().journal(),
              spec.settings().hosting(),
              spec.settings().failures(),
              resources.functionDispatcher(),
              resources.functions(),
              resources.calls(),
              spec.settings().activeGroups());
      ActorRef<ShardCommand> shard =
          coordinator.spawn(
              FatalErrors.contained(GroupShard.create(config)),
              "shard-" + index,
              DispatcherSelector.fromConfig(spec.settings().controlDispatcher()));
      // A shard that fails, or just stops, ends the query: the coordinator alone can't go on.
      coordinator.watch(shard);
      spawned.add(shard);
    }
    return spawned;
  }
}
