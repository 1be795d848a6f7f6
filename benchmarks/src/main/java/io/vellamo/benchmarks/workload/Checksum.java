package io.vellamo.benchmarks.workload;

/**
 * The number of rows and the sum of their hashes. It is independent of the order of rows, but
 * changes if a row is lost or repeated.
 *
 * @param rows the number of rows
 * @param hash the sum of the hashes modulo 2^64
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

  /** Returns the number of rows and the hash, such as {@code 676511:6049c2d66a4fddc9}. */
  @Override
  public String toString() {
    return rows + ":" + Long.toHexString(hash);
  }
}
