package io.vellamo.checks.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings with which a node is started.
 *
 * @param number its place among the nodes, from 1
 * @param provider {@code local} for a node of its own, {@code cluster} for one of several
 * @param port the port by which the other nodes know it, where a forwarder listens
 * @param bindPort the port at which it listens itself
 * @param seeds the ports by which the nodes to join are known
 * @param query the name of the query, and of its table
 * @param journalUrl the database, behind a forwarder for the journal
 * @param tableUrl the database, behind a forwarder for the rows
 * @param released the file that releases events
 * @param build the build of Vellamo that it runs
 */
record NodeSettings(
    int number,
    String provider,
    int port,
    int bindPort,
    List<Integer> seeds,
    String query,
    String journalUrl,
    String tableUrl,
    String released,
    NodeBuild build) {
  static final String SYSTEM = "nodes";
  static final int SHARDS = 12;

  private static final ObjectMapper JSON = new ObjectMapper();

  NodeSettings {
    seeds = List.copyOf(seeds);
  }

  /** Returns the address from which a node connects to others, by which forwarders tell nodes. */
  static String host(int number) {
    return "127.0.0." + (10 + number);
  }

  /** Returns the address of a node in the cluster, which is its forwarder's. */
  static String address(int port) {
    return "pekko://%s@127.0.0.1:%d".formatted(SYSTEM, port);
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static NodeSettings parse(String json) {
    try {
      return JSON.readValue(json, NodeSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns the configuration of the node's actor system. */
  Config config() {
    Map<String, Object> own =
        Map.of(
            "pekko.actor.provider",
            provider,
            "pekko.remote.artery.canonical.hostname",
            "127.0.0.1",
            "pekko.remote.artery.canonical.port",
            port,
            "pekko.remote.artery.bind.hostname",
            "127.0.0.1",
            "pekko.remote.artery.bind.port",
            bindPort,
            "pekko.remote.artery.advanced.tcp.outbound-client-hostname",
            host(number),
            "pekko.cluster.seed-nodes",
            seeds.stream().map(NodeSettings::address).collect(Collectors.toList()),
            "pekko-persistence-jdbc.shared-databases.slick.db.url",
            journalUrl);
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseMap(build.config()))
        .withFallback(ConfigFactory.parseResources("node.conf"))
        .withFallback(ConfigFactory.load());
  }
}
