package io.vellamo.persistence.journal;

import io.vellamo.engine.journal.ShardLayout;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/**
 * The persistence ids of queries, shards and inboxes. They are also the names of the sharded
 * entities, so they must never change.
 */
public final class PersistenceIds {
  private static final String QUERY = "vellamo-query";
  private static final String SHARD = "vellamo-shard";
  private static final String INBOX = "vellamo-inbox";

  private PersistenceIds() {}

  /** Returns the id of a query's coordinator. */
  public static PersistenceId query(String name) {
    return PersistenceId.of(QUERY, name);
  }

  /**
   * Returns the name of the query whose coordinator has an id, or null if the id is not a
   * coordinator's.
   */
  public static @Nullable String queryName(String persistenceId) {
    String prefix = query("").id();
    return persistenceId.startsWith(prefix) ? persistenceId.substring(prefix.length()) : null;
  }

  /**
   * Returns the id of one of a query's shards.
   *
   * @param generation the generation of its shards, as {@link ShardLayout} says
   * @param shard its number, across all operators
   */
  public static PersistenceId shard(String query, int generation, int shard) {
    String number = generation == 0 ? "" + shard : shard + "." + generation;
    return PersistenceId.of(SHARD, query + "/" + number);
  }

  /** Returns the id of the inbox of one of a query's sources. */
  public static PersistenceId inbox(String query, int input) {
    return PersistenceId.of(INBOX, query + "/" + input);
  }
}
