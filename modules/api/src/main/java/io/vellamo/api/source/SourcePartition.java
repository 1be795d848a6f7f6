package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * An independently ordered part of a source: a file, a topic partition.
 *
 * @param name stable over restarts, unique within the source
 * @since 0.1
 */
public record SourcePartition(String name) implements Comparable<SourcePartition> {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if {@code name} has no UTF-8 form, as the journal keeps it
   */
  public SourcePartition {
    requireNonNull(name, "name");
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException(
          "name must be well-formed text, [%s] has an unpaired surrogate; name the partition otherwise"
              .formatted(name));
    }
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
