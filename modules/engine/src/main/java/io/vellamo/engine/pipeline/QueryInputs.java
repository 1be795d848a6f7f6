package io.vellamo.engine.pipeline;

import io.vellamo.api.source.SourcePartition;

/**
 * How the partitions of several sources are told apart: {@code 2:part} is the partition {@code
 * part} of the second source. With one source, names are as the source gives them.
 *
 * <p>The names are in every journal, so their form must never change.
 */
public final class QueryInputs {
  private QueryInputs() {}

  /** Returns a source's partition as the query knows it. */
  public static SourcePartition outer(int input, SourcePartition partition, int inputs) {
    return inputs == 1 ? partition : new SourcePartition((input + 1) + ":" + partition.name());
  }

  /** Returns a partition as its source knows it. */
  public static SourcePartition inner(SourcePartition partition, int inputs) {
    return inputs == 1
        ? partition
        : new SourcePartition(partition.name().substring(partition.name().indexOf(':') + 1));
  }

  /** Returns the place of the source that has a partition. */
  public static int inputOf(SourcePartition partition, int inputs) {
    if (inputs == 1) {
      return 0;
    }
    String name = partition.name();
    return Integer.parseInt(name.substring(0, name.indexOf(':'))) - 1;
  }
}
