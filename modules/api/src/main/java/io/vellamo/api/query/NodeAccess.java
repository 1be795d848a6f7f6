package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

/**
 * The nodes of a cluster that can use a source or sink: all, or one. A query in a cluster reads and
 * writes on several nodes, and on other ones after a node is lost, so it refuses to start with a
 * source or sink that needs one node.
 *
 * @param isShared whether every node can use it, with the same effect
 * @param limit if it is not shared: why, and what to use instead, as the end of a sentence; empty
 *     otherwise
 * @since 0.1
 */
public record NodeAccess(boolean isShared, String limit) {
  private static final NodeAccess SHARED = new NodeAccess(true, "");

  /** Checks that there is a limit unless the access is shared. */
  public NodeAccess {
    requireNonNull(limit, "limit");
    if (isShared != limit.isEmpty()) {
      throw new IllegalArgumentException(
          "limit must be empty if the access is shared and only then, was [%s]".formatted(limit));
    }
  }

  /**
   * Returns the access of a source or sink that every node can use, with the same effect.
   *
   * @return the access
   */
  public static NodeAccess shared() {
    return SHARED;
  }

  /**
   * Returns the access of a source or sink that needs one node.
   *
   * @param limit why, and what to use instead, as the end of a sentence: {@code its files are on
   *     the disk of one machine; use a Kafka topic}
   * @return the access
   * @throws IllegalArgumentException if {@code limit} is empty
   */
  public static NodeAccess oneNode(String limit) {
    return new NodeAccess(false, limit);
  }

  /**
   * Returns the access of a source or sink that declares none. It counts as one that needs one
   * node: events or rows would be lost if it did.
   *
   * @return the access
   */
  public static NodeAccess undeclared() {
    return oneNode(
        "it does not declare whether every node can use it; override nodeAccess() if every node can");
  }
}
