package io.vellamo.cluster.home;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * A cluster whose nodes all run in this JVM, with real remoting, and share a {@link SharedStore}.
 */
final class ClusterNodes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko {
                loglevel = WARNING
                actor { provider = cluster, allow-java-serialization = off }
                remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                coordinated-shutdown.exit-jvm = off
                cluster {
                  jmx.multi-mbeans-in-same-jvm = on
                  downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                  gossip-interval = 100ms
                  leader-actions-interval = 100ms
                  periodic-tasks-initial-delay = 100ms
                  failure-detector.acceptable-heartbeat-pause = 30s
                  singleton.hand-over-retry-interval = 100ms
                  singleton-proxy.singleton-identification-interval = 100ms
                  distributed-data { gossip-interval = 100ms, notify-subscribers-interval = 50ms }
                }
                persistence {
                  journal.plugin = shared-journal
                  snapshot-store.plugin = shared-snapshots
                }
              }
              shared-journal.class = "io.vellamo.cluster.home.SharedJournal"
              shared-snapshots.class = "io.vellamo.cluster.home.SharedSnapshots"
              vellamo {
                query { shards = 4, shard-restart { min-backoff = 100ms, max-backoff = 300ms } }
                cluster {
                  one-node-connectors = accept
                  ask-again { first = 100ms, most = 500ms }
                  missing-after = 2s
                }
              }
              """)
          .withFallback(ConfigFactory.load());

  private final Config config;
  private final SharedStore store = new SharedStore();
  private final List<ActorSystem<?>> systems = new ArrayList<>();

  private ClusterNodes(String settings) {
    this.config = ConfigFactory.parseString(settings).withFallback(CONFIG);
  }

  /** Starts nodes, the oldest first. */
  static ClusterNodes start(int count) {
    return start(count, "");
  }

  /** Starts nodes with further settings, the oldest first. */
  static ClusterNodes start(int count, String settings) {
    ClusterNodes nodes = new ClusterNodes(settings);
    for (int number = 0; number < count; number++) {
      nodes.join();
    }
    return nodes;
  }

  /** Starts one more node, and waits until all know it. */
  private void join() {
    ActorSystemSetup setup = ActorSystemSetup.create(BootstrapSetup.create(config), store);
    ActorSystem<?> system =
        Adapter.toTyped(org.apache.pekko.actor.ActorSystem.create("nodes", setup));
    systems.add(system);
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(Cluster.get(systems.get(0)).selfMember().address()));
    await().atMost(PATIENCE).until(() -> systems.stream().allMatch(this::knowsAll));
  }

  private boolean knowsAll(ActorSystem<?> system) {
    long up =
        StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
            .filter(member -> member.status().equals(MemberStatus.up()))
            .count();
    return up == systems.size();
  }

  SharedStore store() {
    return store;
  }

  Vellamo vellamo(int number) {
    return Vellamo.get(systems.get(number));
  }

  String address(int number) {
    return Cluster.get(systems.get(number)).selfMember().address().toString();
  }

  /** Lets a node leave, and waits until it has terminated. */
  void leave(int number) throws Exception {
    systems.get(number).terminate();
    systems
        .get(number)
        .getWhenTerminated()
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    for (ActorSystem<?> system : systems) {
      system.terminate();
    }
    for (ActorSystem<?> system : systems) {
      await()
          .atMost(PATIENCE)
          .until(() -> system.getWhenTerminated().toCompletableFuture().isDone());
    }
  }
}
