package io.vellamo.actors.local;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.Shards;
import io.vellamo.actors.shard.GroupShard;
import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardConfig;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** Shards without a cluster: plain children of the coordinator, which stop with it. */
final class LocalShards implements Shards {
  private static final String NAME = "shard-";

  private final ActorContext<?> coordinator;
  private final QuerySpec spec;
  private final QueryResources resources;
  private final ActorRef<ShardAnswer> answers;
  private final List<ActorRef<ShardCommand>> shards = new ArrayList<>();

  // Set when the shards are started.
  private @Nullable QueryCreated created;

  private LocalShards(
      ActorContext<?> coordinator,
      QuerySpec spec,
      QueryResources resources,
      ActorRef<ShardAnswer> answers) {
    this.coordinator = coordinator;
    this.spec = spec;
    this.resources = resources;
    this.answers = answers;
  }

  /** Returns a factory of the access to a query's shards. */
  static Shards.Factory of(QuerySpec spec, QueryResources resources) {
    return (coordinator, answers) -> new LocalShards(coordinator, spec, resources, answers);
  }

  @Override
  public void start(QueryCreated known) {
    created = known;
    int count = known.shards() * spec.operators().size();
    spec.settings().activeGroups().join(count);
    resources.onClose(() -> spec.settings().activeGroups().leave(count));
    for (int index = 0; index < count; index++) {
      shards.add(spawn(index, count, known));
    }
  }

  @Override
  public void restart(int shard) {
    shards.set(shard, spawn(shard, shards.size(), created()));
  }

  private ActorRef<ShardCommand> spawn(int index, int count, QueryCreated known) {
    ActorRef<ShardCommand> shard =
        coordinator.spawn(
            FatalErrors.contained(GroupShard.create(config(index, count, known))),
            NAME + index,
            DispatcherSelector.fromConfig(spec.settings().controlDispatcher()));
    coordinator.watch(shard);
    return shard;
  }

  private ShardConfig config(int index, int count, QueryCreated known) {
    int shards = known.shards();
    int place = index / shards;
    OperatorNumbers numbers = spec.operatorNumbers(known.operators());
    GroupOperator<?, ?, ?, ?> operator =
        spec.operators().get(place).numbered(numbers.variablesOfPlace(place));
    return new ShardConfig(
        new ShardSpec(
            spec.name(),
            index,
            count,
            operator,
            spec.operatorNames().get(place),
            spec.eventCodec(),
            new JsonForms(operator.stateCodec().layouts())::textOfKey,
            spec.plan().errorPolicy(),
            spec.settings().journal().limits(),
            spec.settings().failures(),
            spec.settings().activeGroups()::mostOfAShard),
        PersistenceIds.shard(
            spec.name(),
            known.layout().generation(),
            numbers.ofPlace(place) * shards + index % shards),
        spec.settings().journal(),
        spec.settings().hosting(),
        resources.functionDispatcher(),
        resources.functions(),
        resources.calls(),
        spec.settings().activeGroups());
  }

  @Override
  public void send(int shard, ShardRequest request) {
    shards.get(shard).tell(new ShardCommand.Request(request, answers));
  }

  @Override
  public void run(int shard, ShardRequest.RunEpoch request, EpochInput input) {
    shards.get(shard).tell(new ShardCommand.RunEpoch(request, input, answers));
  }

  @Override
  public int number(ActorRef<?> shard) {
    return Integer.parseInt(shard.path().name().substring(NAME.length()));
  }

  @Override
  public List<ActorRef<ShardCommand>> inJournalOrder() {
    if (shards.isEmpty()) {
      return List.of();
    }
    int shardsEach = created().shards();
    OperatorNumbers numbers = spec.operatorNumbers(created().operators());
    return IntStream.range(0, spec.operators().size())
        .boxed()
        .sorted(Comparator.comparing(numbers::ofPlace))
        .flatMap(place -> shards.subList(place * shardsEach, (place + 1) * shardsEach).stream())
        .toList();
  }

  private QueryCreated created() {
    return requireNonNull(created, "created");
  }
}
