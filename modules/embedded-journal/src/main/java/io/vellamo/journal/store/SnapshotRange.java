package io.vellamo.journal.store;

/**
 * A range of snapshots, bounded by sequence number and timestamp; all bounds are inclusive.
 *
 * @param minSequenceNr the lowest sequence number
 * @param maxSequenceNr the highest sequence number
 * @param minTimestampMillis the earliest timestamp, in epoch milliseconds
 * @param maxTimestampMillis the latest timestamp, in epoch milliseconds
 * @since 0.1
 */
public record SnapshotRange(
    long minSequenceNr, long maxSequenceNr, long minTimestampMillis, long maxTimestampMillis) {

  /**
   * Returns the range of all snapshots.
   *
   * @return a range without bounds
   */
  public static SnapshotRange all() {
    return new SnapshotRange(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Returns the range of the one snapshot with a sequence number, whatever its timestamp.
   *
   * @param sequenceNr the sequence number
   * @return a range of at most one snapshot
   */
  public static SnapshotRange only(long sequenceNr) {
    return new SnapshotRange(sequenceNr, sequenceNr, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  boolean hasTimestamp(long timestampMillis) {
    return minTimestampMillis <= timestampMillis && timestampMillis <= maxTimestampMillis;
  }
}
