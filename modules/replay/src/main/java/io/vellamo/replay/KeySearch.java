package io.vellamo.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a search for a typed key.
 *
 * @param keys the keys of groups that match, at most one of each operator, in the order of the
 *     operators and without repetition; empty if the journal holds no such group
 * @param similar some keys that share a prefix with the typed text; empty if a key matches
 * @since 0.1
 */
public record KeySearch(List<ReplayKey> keys, List<String> similar) {
  /** Copies the lists. */
  public KeySearch {
    keys = List.copyOf(keys);
    similar = List.copyOf(similar);
  }

  /**
   * Returns the key of the first operator that has one.
   *
   * @return the key; null if the journal holds no such group
   */
  public @Nullable ReplayKey key() {
    return keys.isEmpty() ? null : keys.get(0);
  }
}
