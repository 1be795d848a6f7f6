package io.vellamo.cluster.checks;

import java.util.Map;

/** The kind of a journal or snapshot store by its plugin's class. */
enum JournalKind {
  /** Its records are on the disk of one machine. */
  ON_LOCAL_DISK,
  /** Its records are in the memory of one process. */
  IN_MEMORY,
  /** All nodes can reach it, and it refuses a second write of a sequence number. */
  FENCED,
  /** All nodes can reach it, and it accepts a second write of a sequence number. */
  UNFENCED,
  /** Passes requests to a plugin on one of the nodes, which decides about them. */
  PROXY,
  /** Not known; a test tells whether it refuses a second write. */
  UNKNOWN;

  private static final String PEKKO = "org.apache.pekko.persistence.";

  private static final Map<String, JournalKind> BY_CLASS =
      Map.ofEntries(
          Map.entry("io.vellamo.journal.JournalPlugin", ON_LOCAL_DISK),
          Map.entry("io.vellamo.journal.SnapshotStorePlugin", ON_LOCAL_DISK),
          Map.entry(PEKKO + "journal.leveldb.LeveldbJournal", ON_LOCAL_DISK),
          Map.entry(PEKKO + "snapshot.local.LocalSnapshotStore", ON_LOCAL_DISK),
          Map.entry(PEKKO + "journal.inmem.InmemJournal", IN_MEMORY),
          Map.entry(PEKKO + "testkit.PersistenceTestKitPlugin", IN_MEMORY),
          Map.entry(PEKKO + "testkit.PersistenceTestKitSnapshotPlugin", IN_MEMORY),
          Map.entry(PEKKO + "jdbc.journal.JdbcAsyncWriteJournal", FENCED),
          Map.entry(PEKKO + "cassandra.journal.CassandraJournal", UNFENCED),
          Map.entry(PEKKO + "journal.PersistencePluginProxy", PROXY));

  /** Returns the kind of the plugin with a class. */
  static JournalKind of(String pluginClass) {
    return BY_CLASS.getOrDefault(pluginClass, UNKNOWN);
  }
}
