package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

/**
 * An independently ordered part of a source: a file, a topic partition.
 *
 * @param name stable over restarts, unique within the source
 * @since 0.1
 */
public record SourcePartition(String name) implements Comparable<SourcePartition> {
  public SourcePartition {
    requireNonNull(name, "name");
  }

  @Override
  public int compareTo(SourcePartition other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
