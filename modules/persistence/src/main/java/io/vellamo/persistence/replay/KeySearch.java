package io.vellamo.persistence.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for a key that somebody typed.
 *
 * @param key the key; null if the journal holds no such group
 * @param similar keys that begin alike, some of them, if there is none
 * @since 0.1
 */
public record KeySearch(@Nullable ReplayKey key, List<String> similar) {
  /** Copies the keys. */
  public KeySearch {
    similar = List.copyOf(similar);
  }
}
