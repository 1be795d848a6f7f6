package io.vellamo.engine.shard;

/**
 * Where an event came from.
 *
 * @param epoch the epoch that read it
 * @param partition the source partition
 * @param offset its offset
 */
public record EventOrigin(long epoch, String partition, long offset) {
  private static final int OVERHEAD = 8;

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return (long) partition.length() + OVERHEAD;
  }
}
