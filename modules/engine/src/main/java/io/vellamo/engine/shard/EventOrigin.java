package io.vellamo.engine.shard;

import org.jspecify.annotations.Nullable;

/**
 * The origin of an event.
 *
 * @param epoch the epoch that read it
 * @param partition the source partition; null for a row of another operator
 * @param offset its offset; 0 for a row
 */
public record EventOrigin(long epoch, @Nullable String partition, long offset) {
  private static final int OVERHEAD = 8;

  /** Returns the origin of a row of another operator. */
  static EventOrigin ofRow(long epoch) {
    return new EventOrigin(epoch, null, 0);
  }

  /** Returns whether the event came from a source, not from another operator. */
  public boolean isSource() {
    return partition != null;
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    return (partition == null ? 0 : partition.length()) + (long) OVERHEAD;
  }
}
