package io.vellamo.cassandra;

import java.util.ArrayList;
import java.util.List;

/**
 * The primary key of a table.
 *
 * @param partition the columns of the partition key, at least one
 * @param clustering the clustering columns
 * @since 0.1
 */
public record CassandraKey(List<String> partition, List<String> clustering) {
  public CassandraKey {
    partition = List.copyOf(partition);
    clustering = List.copyOf(clustering);
    if (partition.isEmpty()) {
      throw new IllegalArgumentException("partition must have at least one column, was []");
    }
  }

  /**
   * Returns a key without clustering columns.
   *
   * @param partition the columns of the partition key, at least one
   * @return the key
   */
  public static CassandraKey of(String... partition) {
    return new CassandraKey(List.of(partition), List.of());
  }

  /**
   * Sets the clustering columns.
   *
   * @param clustering the columns by which the rows of a partition are ordered
   * @return a key with these columns
   */
  public CassandraKey clusteredBy(String... clustering) {
    return new CassandraKey(partition, List.of(clustering));
  }

  /** Returns all columns of the key, in order. */
  List<String> columns() {
    List<String> all = new ArrayList<>(partition);
    all.addAll(clustering);
    return all;
  }
}
