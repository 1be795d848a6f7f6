package io.vellamo.benchmarks.workload;

/**
 * How many rows there were, and the sum of their hashes: the same in any order, but not with a row
 * lost or repeated.
 *
 * @param rows how many
 * @param hash the sum modulo 2^64
 */
public record Checksum(long rows, long hash) {
  /** No rows. */
  public static final Checksum NONE = new Checksum(0, 0);

  /** Returns the checksum of these rows and one more. */
  public Checksum plus(Row row) {
    return new Checksum(rows + 1, hash + row.hash());
  }

  /** Returns the checksum of these rows and others. */
  public Checksum plus(Checksum other) {
    return new Checksum(rows + other.rows, hash + other.hash);
  }

  /** Returns for instance {@code 676511:6049c2d66a4fddc9}. */
  @Override
  public String toString() {
    return rows + ":" + Long.toHexString(hash);
  }
}
