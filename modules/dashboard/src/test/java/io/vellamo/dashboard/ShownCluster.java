package io.vellamo.dashboard;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A cluster of two nodes in this JVM, with real remoting, and a query that runs on both. */
final class ShownCluster implements AutoCloseable {
  static final int SHARDS = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      pekko {
        loglevel = WARNING
        actor { provider = cluster, allow-java-serialization = off }
        remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
        coordinated-shutdown.exit-jvm = off
        cluster {
          jmx.multi-mbeans-in-same-jvm = on
          downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
          failure-detector.acceptable-heartbeat-pause = 60s
          sharding.rebalance-interval = 1s
          sharding.least-shard-allocation-strategy.rebalance-absolute-limit = 12
        }
        persistence {
          journal.plugin = process-journal
          snapshot-store.plugin = pekko.persistence.no-snapshot-store
        }
      }
      process-journal.class = "io.vellamo.dashboard.ProcessJournal"
      vellamo.query.shards = %s
      vellamo.cluster.one-node-connectors = accept
      """;
  final ActorSystem<Void> first;
  final ActorSystem<Void> other;
  final StreamingQuery query;
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<Integer> rows = MemorySink.create();

  ShownCluster() {
    first = node();
    Cluster.get(first).manager().tell(Join.create(Cluster.get(first).selfMember().address()));
    other = node();
    Cluster.get(other).manager().tell(Join.create(Cluster.get(first).selfMember().address()));
    await().atMost(PATIENCE).until(() -> knowsBoth(first) && knowsBoth(other));
    query = start(first);
    start(other);
  }

  private static ActorSystem<Void> node() {
    Config config = ConfigFactory.load(ConfigFactory.parseString(CONFIG.formatted(SHARDS)));
    return ActorSystem.create(Behaviors.empty(), "shown", config);
  }

  static String address(ActorSystem<?> system) {
    return Cluster.get(system).selfMember().address().toString();
  }

  private static boolean knowsBoth(ActorSystem<?> system) {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
            .filter(member -> member.status().equals(MemberStatus.up()))
            .count()
        == 2;
  }

  private StreamingQuery start(ActorSystem<?> system) {
    return Vellamo.get(system)
        .query("words")
        .from(words)
        .groupByKey(word -> word)
        .<Integer, Integer>mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              events.forEachRemaining(
                  event -> state.update(state.optional().orElse(0) + event.length()));
              return state.get();
            })
        .named("lengths")
        .to(rows)
        .start();
  }

  /** Adds an epoch's words and waits until they are committed. */
  void add(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    IntStream.range(0, count).forEach(number -> all.add("word-" + number));
    words.addTo(0, all);
    query.processAllAvailable();
  }

  @Override
  public void close() {
    for (ActorSystem<Void> system : List.of(other, first)) {
      system.terminate();
      await()
          .atMost(PATIENCE)
          .until(() -> system.getWhenTerminated().toCompletableFuture().isDone());
    }
  }
}
