package io.vellamo.samples.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node is started with.
 *
 * @param port where it listens
 * @param nodes the ports of all nodes; a single one runs without a cluster
 * @param jdbcUrl the database with journal and rows
 * @param startMillis the time of the first visit
 * @param perSecond the number of visits per second
 * @param visits the number of visits
 */
record NodeArguments(
    int port, List<Integer> nodes, String jdbcUrl, long startMillis, int perSecond, long visits) {
  static final String SYSTEM = "sample";

  private static final String HOST = "127.0.0.1";

  NodeArguments {
    nodes = List.copyOf(nodes);
  }

  /** Returns these arguments for another node. */
  NodeArguments at(int otherPort) {
    return new NodeArguments(otherPort, nodes, jdbcUrl, startMillis, perSecond, visits);
  }

  boolean isClustered() {
    return nodes.size() > 1;
  }

  VisitLoop loop() {
    return new VisitLoop(perSecond, visits);
  }

  LoopingSource source() {
    return LoopingSource.from(Instant.ofEpochMilli(startMillis), loop());
  }

  /** Returns the configuration of the node's actor system. */
  Config config() {
    Map<String, Object> own =
        Map.of(
            "pekko.actor.provider", isClustered() ? "cluster" : "local",
            "pekko.remote.artery.canonical.hostname", HOST,
            "pekko.remote.artery.canonical.port", port,
            "pekko.cluster.seed-nodes",
                nodes.stream()
                    .map(node -> "pekko://%s@%s:%d".formatted(SYSTEM, HOST, node))
                    .collect(Collectors.toList()),
            "pekko-persistence-jdbc.shared-databases.slick.db.url", jdbcUrl);
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("cluster-node.conf"))
        .withFallback(ConfigFactory.load());
  }
}
