package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EvenMajorityTest {
  private static final String NODE =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster {
        downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
        split-brain-resolver.stable-after = 1s
        gossip-interval = 100ms
        leader-actions-interval = 100ms
      }
      # Time for the nodes to join.
      pekko.actor.testkit.typed.filter-leeway = 20s
      """;

  private final ActorTestKit first = node();
  private final ActorTestKit second = node();

  @AfterEach
  void stop() {
    second.shutdownTestKit();
    first.shutdownTestKit();
  }

  @Test
  void twoNodes_areWarnedAboutOnce() {
    LoggingTestKit.warn(
            "Number of nodes should be odd for the strategy [keep-majority], is [2]: if half of them are lost, and the node with the lowest address is among these, the others shut down too")
        .withOccurrences(1)
        .expect(
            first.system(),
            () -> {
              EvenMajority.watch(first.system());
              join(first.system());
              join(second.system());
              return null;
            });
  }

  private void join(ActorSystem<?> system) {
    Cluster.get(system)
        .manager()
        .tell(Join.create(Cluster.get(first.system()).selfMember().address()));
  }

  private static ActorTestKit node() {
    Config config = ConfigFactory.load(ConfigFactory.parseString(NODE));
    return ActorTestKit.create("EvenMajorityTest", config);
  }
}
