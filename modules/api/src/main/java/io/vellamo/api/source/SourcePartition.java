package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * An independently ordered part of a source, such as a file or a topic partition.
 *
 * @param name unique within the source, stable across restarts
 * @since 0.1
 */
public record SourcePartition(String name) implements Comparable<SourcePartition> {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if {@code name} can't be encoded in UTF-8, as the journal
   *     stores it
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
