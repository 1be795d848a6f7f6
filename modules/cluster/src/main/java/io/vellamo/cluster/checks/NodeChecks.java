package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import java.util.Set;
import java.util.TreeSet;

/** The checks of a node's configuration. */
final class NodeChecks {
  private static final String DOWNING = "pekko.cluster.downing-provider-class";
  private static final String JAVA_SERIALIZATION = "pekko.actor.allow-java-serialization";

  private NodeChecks() {}

  /**
   * Checks that nodes which do not respond are removed from the cluster.
   *
   * @throws IllegalStateException if no downing provider is configured
   */
  static void requireDowningProvider(Config config) {
    if (config.getString(DOWNING).isEmpty()) {
      throw new IllegalStateException(
          "%s must name a downing provider, was []: without one, the shards of a node that crashes never move to another; set it to org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
              .formatted(DOWNING));
    }
  }

  /**
   * Checks that Java serialization is off, except for the proxy of a journal, which has no other
   * form for its messages.
   *
   * @throws IllegalStateException if it is on
   */
  static void requireNoJavaSerialization(Config config, ConfiguredJournal journal) {
    if (config.getBoolean(JAVA_SERIALIZATION) && journal.kind() != JournalKind.PROXY) {
      throw new IllegalStateException(
          "%s must be off in a cluster, was [on]: any bytes that reach the port of a node could create objects there; remove the setting, and bind messages to other serializers"
              .formatted(JAVA_SERIALIZATION));
    }
  }

  /**
   * Checks that the node has the role of nodes that run queries.
   *
   * @param role the role; empty for all nodes
   * @param roles the roles of the node
   * @throws IllegalStateException if it has not
   */
  static void requireRole(String role, Set<String> roles) {
    if (!role.isEmpty() && !roles.contains(role)) {
      throw new IllegalStateException(
          "Node must have the role [%s] to run queries, has %s; add it to pekko.cluster.roles, or change vellamo.cluster.role"
              .formatted(role, new TreeSet<>(roles)));
    }
  }
}
