package io.vellamo.cluster.shard;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.calls.FunctionCalls;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.Shards;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.read.HeldInputs;
import io.vellamo.cluster.read.NodeReaders;
import io.vellamo.engine.protocol.query.Deliveries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * The shards of a query on this node: those that the cluster has placed here, and the access to all
 * of them.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class QueryShards {
  private static final Duration HOSTING_TIMEOUT = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final AtomicReference<ShardHost> newest;
  private final CallThreads threads;
  private final UserCalls calls;
  private final EntityTypeKey<EntityMessage> type;
  private final ActorRef<ToShard> region;

  private QueryShards(
      ActorSystem<?> system,
      AtomicReference<ShardHost> newest,
      CallThreads threads,
      UserCalls calls,
      EntityTypeKey<EntityMessage> type,
      ActorRef<ToShard> region) {
    this.system = system;
    this.newest = newest;
    this.threads = threads;
    this.calls = calls;
    this.type = type;
    this.region = region;
  }

  /**
   * Lets the cluster place shards of a query on this node.
   *
   * @param spec the query
   * @param threads call the sink
   * @param role the role of the nodes that have shards; empty for all nodes
   */
  static QueryShards start(
      ActorSystem<?> system, QuerySpec spec, CallThreads threads, String role) {
    UserCalls calls = new UserCalls(() -> {}, threads::nanoTime);
    AtomicReference<ShardHost> newest = new AtomicReference<>(host(system, spec, threads, calls));
    ClusterShardingSettings settings =
        ClusterShardingSettings.create(system)
            .withRememberEntities(false)
            .withNoPassivationStrategy();
    EntityTypeKey<EntityMessage> type =
        EntityTypeKey.create(EntityMessage.class, "vellamo-" + spec.name());
    ActorRef<ToShard> region =
        ClusterSharding.get(system)
            .init(
                Entity.of(
                        type,
                        entity ->
                            FatalErrors.contained(
                                ShardEntity.create(
                                    newest::get,
                                    Integer.parseInt(entity.getEntityId()),
                                    entity.getShard())))
                    .withSettings(role.isEmpty() ? settings : settings.withRole(role))
                    .withStopMessage(EntityMessage.Stop.INSTANCE)
                    .withMessageExtractor(new ByShardNumber())
                    .withEntityProps(
                        DispatcherSelector.fromConfig(spec.settings().controlDispatcher())));
    return new QueryShards(system, newest, threads, calls, type, region);
  }

  private static ShardHost host(
      ActorSystem<?> system, QuerySpec spec, CallThreads threads, UserCalls calls) {
    String functions = FunctionThreads.of(system, spec.name());
    return new ShardHost(
        spec,
        new FunctionCalls(
            functions,
            system.dispatchers().lookup(DispatcherSelector.fromConfig(functions)),
            calls),
        shard -> {
          String name = system.name() + "-vellamo-" + spec.name() + "-sink-" + shard;
          return new SerialThread(threads.serial(name), name, calls);
        });
  }

  /** Notes that the query was defined again, as it is to be started again. */
  void redefined(QuerySpec spec) {
    newest.set(host(system, spec, threads, calls));
  }

  /**
   * Returns a factory of a coordinator's access to the shards.
   *
   * @param readers the readers of this node
   * @param first how long an answer may take before the request is sent again
   * @param longest the longest such time; it is doubled each time
   */
  Shards.Factory access(NodeReaders readers, Duration first, Duration longest) {
    ShardHost host = newest();
    return (coordinator, observer) -> {
      Deliveries deliveries = new Deliveries(first.toMillis(), longest.toMillis());
      ActorRef<LinkMessage> link =
          coordinator.spawn(
              ShardLink.create(host, region, observer, deliveries),
              "shards",
              DispatcherSelector.sameAsParent());
      return new ClusterShards(
          host, link, readers.of(host.spec(), coordinator, observer.io(), new LinkedInputs(link)));
    };
  }

  /** Returns the numbers of the shards that each node hosts, by its address. */
  CompletionStage<Map<String, List<Integer>>> hosting() {
    return AskPattern.<ClusterShardingQuery, ClusterShardingStats>ask(
            ClusterSharding.get(system).shardState(),
            replyTo -> new GetClusterShardingStats(type, HOSTING_TIMEOUT, replyTo),
            HOSTING_TIMEOUT.plusSeconds(1),
            system.scheduler())
        .handle((stats, failure) -> stats == null ? Map.of() : byNode(stats));
  }

  private static Map<String, List<Integer>> byNode(ClusterShardingStats stats) {
    Map<String, List<Integer>> all = new HashMap<>();
    stats
        .getRegions()
        .forEach(
            (node, region) ->
                all.put(
                    node.toString(),
                    region.getStats().keySet().stream().map(Integer::valueOf).toList()));
    return all;
  }

  private ShardHost newest() {
    return Objects.requireNonNull(newest.get(), "newest");
  }

  /** Tells the link of the shards where their events are. */
  private record LinkedInputs(ActorRef<LinkMessage> link) implements HeldInputs {
    @Override
    public void held(long attempt, Map<Integer, List<InputPart>> parts) {
      link.tell(new LinkMessage.InputsHeld(attempt, parts));
    }

    @Override
    public void forgotten(long attempt) {
      link.tell(new LinkMessage.InputsForgotten(attempt));
    }
  }

  /** The number of a shard is its entity's id and its shard id, so each is placed by itself. */
  private static final class ByShardNumber
      extends ShardingMessageExtractor<ToShard, EntityMessage> {
    @Override
    public String entityId(ToShard message) {
      return Integer.toString(message.shard());
    }

    @Override
    public String shardId(String entityId) {
      return entityId;
    }

    @Override
    public EntityMessage unwrapMessage(ToShard message) {
      return message;
    }
  }
}
