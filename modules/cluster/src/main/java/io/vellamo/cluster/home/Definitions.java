package io.vellamo.cluster.home;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a node has defined, by name. A definition stays when its handle has ended, as
 * the home of the query may be on this node when other nodes start it again.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class Definitions {
  private final Map<String, Definition> byName = new ConcurrentHashMap<>();

  /** Adds a definition, instead of an earlier one of that name. */
  void add(Definition definition) {
    byName.put(definition.name(), definition);
  }

  /** Removes a definition that other nodes don't share. */
  void remove(Definition definition) {
    byName.remove(definition.name(), definition);
  }

  @Nullable Definition of(String query) {
    return byName.get(query);
  }
}
