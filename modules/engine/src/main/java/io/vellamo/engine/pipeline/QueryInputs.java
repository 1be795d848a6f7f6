package io.vellamo.engine.pipeline;

import io.vellamo.api.source.SourcePartition;

/**
 * Names that distinguish the partitions of several sources: {@code 2:part} is the partition {@code
 * part} of the second source. With one source, the source's names are used.
 *
 * <p>The names are in every journal, so their form must never change.
 */
public final class QueryInputs {
  private QueryInputs() {}

  /** Returns the query's name of a source's partition. */
  public static SourcePartition outer(int input, SourcePartition partition, int inputs) {
    return inputs == 1 ? partition : new SourcePartition((input + 1) + ":" + partition.name());
  }

  /** Returns the source's name of a query's partition. */
  public static SourcePartition inner(SourcePartition partition, int inputs) {
    return inputs == 1
        ? partition
        : new SourcePartition(partition.name().substring(partition.name().indexOf(':') + 1));
  }

  /** Returns the index of the source that has a partition. */
  public static int inputOf(SourcePartition partition, int inputs) {
    if (inputs == 1) {
      return 0;
    }
    String name = partition.name();
    return Integer.parseInt(name.substring(0, name.indexOf(':'))) - 1;
  }
}
