package io.vellamo.persistence.journal;

import com.typesafe.config.Config;
import io.vellamo.engine.journal.JournalLimits;
import java.util.Map;

/**
 * The journal of queries and its settings, which {@code reference.conf} documents.
 *
 * @param plugin the journal's plugin id; empty for the system's default
 * @param snapshotPlugin the snapshot store's plugin id; empty for the system's default
 * @param leastSnapshotBytes {@code vellamo.journal.least-snapshot-size}
 * @param maxRecordBytes {@code vellamo.journal.max-record-size}
 * @param maxWriteBytes {@code vellamo.journal.max-write-size}
 * @param keepsHistory whether {@code vellamo.journal.history} is {@code all}
 * @param recordsInputs {@code vellamo.journal.record-inputs}
 * @param readPlugin {@code vellamo.journal.read-plugin}, or the read journal that belongs to the
 *     journal; empty if it is not known
 */
public record JournalOptions(
    String plugin,
    String snapshotPlugin,
    long leastSnapshotBytes,
    long maxRecordBytes,
    long maxWriteBytes,
    boolean keepsHistory,
    boolean recordsInputs,
    String readPlugin) {
  private static final String EMBEDDED = "vellamo.embedded-journal";
  private static final String SYSTEM_JOURNAL = "pekko.persistence.journal.plugin";
  private static final String SYSTEM_SNAPSHOTS = "pekko.persistence.snapshot-store.plugin";

  /** The read journals of known journals. */
  private static final Map<String, String> READ_PLUGINS =
      Map.of(
          EMBEDDED + ".journal",
          EMBEDDED + ".read-journal",
          "jdbc-journal",
          "jdbc-read-journal",
          "pekko.persistence.cassandra.journal",
          "pekko.persistence.cassandra.query");

  /** Returns the limits of what shards write. */
  public JournalLimits limits() {
    return new JournalLimits(leastSnapshotBytes, maxRecordBytes, maxWriteBytes, recordsInputs);
  }

  /**
   * Reads the options. If neither Vellamo's nor Pekko's settings name a plugin, the embedded
   * journal is used, provided that it is on the class path.
   *
   * @param config the actor system's whole configuration
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  public static JournalOptions from(Config config) {
    long maxRecord = positiveSize(config, "vellamo.journal.max-record-size");
    long maxWrite = positiveSize(config, "vellamo.journal.max-write-size");
    if (maxWrite < maxRecord) {
      throw new IllegalArgumentException(
          "vellamo.journal.max-write-size must be at least vellamo.journal.max-record-size [%d bytes], was [%d bytes]"
              .formatted(maxRecord, maxWrite));
    }
    String plugin = config.getString("vellamo.journal.plugin");
    String snapshotPlugin = config.getString("vellamo.journal.snapshot-plugin");
    if (plugin.isEmpty() && !isSet(config, SYSTEM_JOURNAL) && config.hasPath(EMBEDDED)) {
      plugin = EMBEDDED + ".journal";
    }
    if (snapshotPlugin.isEmpty()
        && !isSet(config, SYSTEM_SNAPSHOTS)
        && plugin.equals(EMBEDDED + ".journal")) {
      snapshotPlugin = EMBEDDED + ".snapshot-store";
    }
    return new JournalOptions(
        plugin,
        snapshotPlugin,
        config.getBytes("vellamo.journal.least-snapshot-size"),
        maxRecord,
        maxWrite,
        keepsHistory(config),
        config.getBoolean("vellamo.journal.record-inputs"),
        readPlugin(config, plugin.isEmpty() ? config.getString(SYSTEM_JOURNAL) : plugin));
  }

  /**
   * Returns the id of the journal's plugin.
   *
   * @param config the actor system's whole configuration, which has the system's default
   * @return the id; empty if no journal is configured
   */
  public String pluginOf(Config config) {
    return plugin.isEmpty() ? config.getString(SYSTEM_JOURNAL) : plugin;
  }

  /**
   * Checks that a journal is configured.
   *
   * @param config the actor system's whole configuration
   * @throws IllegalStateException if there is none
   */
  public void requireJournal(Config config) {
    if (plugin.isEmpty() && !isSet(config, SYSTEM_JOURNAL)) {
      throw new IllegalStateException(
          "A journal must be there, vellamo.journal.plugin and %s are empty and vellamo-embedded-journal is not on the class path; add it, or set one of the two"
              .formatted(SYSTEM_JOURNAL));
    }
  }

  /**
   * Checks that a read journal is known, with which the journal can be read outside recovery.
   *
   * @throws IllegalStateException if none is known
   */
  public void requireReadPlugin() {
    if (readPlugin.isEmpty()) {
      throw new IllegalStateException(
          "vellamo.journal.read-plugin must name the read journal of [%s], was empty; set it to the id of that journal's Pekko Persistence Query plugin"
              .formatted(plugin.isEmpty() ? "the system's journal" : plugin));
    }
  }

  private static String readPlugin(Config config, String journal) {
    String configured = config.getString("vellamo.journal.read-plugin");
    return configured.isEmpty() ? READ_PLUGINS.getOrDefault(journal, "") : configured;
  }

  private static boolean isSet(Config config, String path) {
    return !config.getString(path).isEmpty();
  }

  private static boolean keepsHistory(Config config) {
    String history = config.getString("vellamo.journal.history");
    return switch (history) {
      case "all" -> true;
      case "none" -> false;
      default ->
          throw new IllegalArgumentException(
              "vellamo.journal.history must be [all] or [none], was [%s]".formatted(history));
    };
  }

  private static long positiveSize(Config config, String path) {
    long size = config.getBytes(path);
    if (size < 1) {
      throw new IllegalArgumentException(
          "%s must be positive, was [%d bytes]".formatted(path, size));
    }
    return size;
  }
}
