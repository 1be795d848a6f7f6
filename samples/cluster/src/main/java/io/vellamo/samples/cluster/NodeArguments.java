package io.vellamo.samples.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The arguments with which a node is started.
 *
 * @param port where it listens
 * @param isClustered whether there are other nodes
 * @param seeds the ports of the nodes to join; its own if it is the first
 * @param jdbcUrl the database with journal and rows
 * @param startMillis the time of the first visit
 * @param perSecond the number of visits per second
 * @param visits the number of visits
 * @param dashboard the port of its dashboard; null for none
 */
record NodeArguments(
    int port,
    boolean isClustered,
    List<Integer> seeds,
    String jdbcUrl,
    long startMillis,
    int perSecond,
    long visits,
    @Nullable Integer dashboard) {
  static final String SYSTEM = "sample";

  private static final String HOST = "127.0.0.1";

  NodeArguments {
    seeds = List.copyOf(seeds);
  }

  /** Returns these arguments for another node, or another start of one. */
  NodeArguments at(int otherPort, List<Integer> otherSeeds) {
    return new NodeArguments(
        otherPort, isClustered, otherSeeds, jdbcUrl, startMillis, perSecond, visits, dashboard);
  }

  /** Returns these arguments for a node with a dashboard. */
  NodeArguments withDashboard(@Nullable Integer port) {
    return new NodeArguments(
        this.port, isClustered, seeds, jdbcUrl, startMillis, perSecond, visits, port);
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
            "pekko.actor.provider", isClustered ? "cluster" : "local",
            "pekko.remote.artery.canonical.hostname", HOST,
            "pekko.remote.artery.canonical.port", port,
            "pekko.cluster.seed-nodes",
                seeds.stream()
                    .map(node -> "pekko://" + SYSTEM + "@" + HOST + ":" + node)
                    .collect(Collectors.toList()),
            "pekko-persistence-jdbc.shared-databases.slick.db.url", jdbcUrl);
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("cluster-node.conf"))
        .withFallback(ConfigFactory.load());
  }
}
