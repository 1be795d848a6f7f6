package io.vellamo.cluster.checks;

import com.typesafe.config.Config;

/**
 * A journal or snapshot store, as configured.
 *
 * @param id the plugin's id; empty if there is none
 * @param kind its kind
 */
record ConfiguredJournal(String id, JournalKind kind) {
  /**
   * Reads the class of a plugin.
   *
   * @param config the actor system's whole configuration
   * @param id the plugin's id; empty for the system's default
   * @param defaultPath the path of the system's default
   */
  static ConfiguredJournal of(Config config, String id, String defaultPath) {
    String plugin = id.isEmpty() ? config.getString(defaultPath) : id;
    String path = plugin + ".class";
    boolean isConfigured = !plugin.isEmpty() && config.hasPath(path);
    return new ConfiguredJournal(
        plugin, isConfigured ? JournalKind.of(config.getString(path)) : JournalKind.UNKNOWN);
  }

  /**
   * Checks that all nodes can reach the plugin.
   *
   * @param noun what the plugin is, as the beginning of a sentence
   * @throws IllegalStateException if it belongs to one machine or process
   */
  void requireReachable(String noun) {
    String place =
        switch (kind) {
          case ON_LOCAL_DISK -> "on the disk of one machine";
          case IN_MEMORY -> "in the memory of one process";
          case FENCED, UNFENCED, PROXY, UNKNOWN -> "";
        };
    if (!place.isEmpty()) {
      throw new IllegalStateException(
          "%s of a cluster must be one that all nodes reach, [%s] keeps its records %s; use a database, such as PostgreSQL with pekko-persistence-jdbc"
              .formatted(noun, id, place));
    }
  }
}
