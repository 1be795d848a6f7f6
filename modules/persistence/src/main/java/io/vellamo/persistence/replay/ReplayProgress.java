package io.vellamo.persistence.replay;

/**
 * Learns how far a long reading of the journal has come.
 *
 * <p><b>Threading</b> Called by one thread at a time.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplayProgress {
  /**
   * Takes note of a shard that has been read.
   *
   * @param done how many have been
   * @param shards how many there are
   */
  void reached(int done, int shards);
}
