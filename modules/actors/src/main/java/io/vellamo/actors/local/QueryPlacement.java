package io.vellamo.actors.local;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The nodes on which a query runs, for its description.
 *
 * @param shards where its shards are, as a part of a sentence
 * @param risks a sentence for each risk that the user has accepted
 */
public record QueryPlacement(String shards, List<String> risks) {
  /** All on this node. */
  static final QueryPlacement HERE = new QueryPlacement("on this node", List.of());

  /** Copies the risks. */
  public QueryPlacement {
    requireNonNull(shards, "shards");
    risks = List.copyOf(risks);
  }
}
