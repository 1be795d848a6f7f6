package io.vellamo.replay;

/**
 * A listener for the progress of reading the journal.
 *
 * <p><b>Threading</b> Called by one thread at a time.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplayProgress {
  /**
   * Reports that a shard has been read.
   *
   * @param done the number of shards read so far
   * @param shards the number of all shards
   */
  void reached(int done, int shards);
}
