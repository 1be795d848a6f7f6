package io.vellamo.engine.protocol;

/**
 * The identification of a request to run an epoch, and of its reply: a machine ignores one that
 * does not match what it currently expects.
 *
 * @param incarnation the run of the query
 * @param owner the activation of the shard, as in its {@link ShardReply.Opened}
 * @param epoch the epoch
 * @param attempt the attempt of this run to run the epoch, from 1
 */
public record Fence(long incarnation, long owner, long epoch, long attempt) {
  /** Returns whether the same run has made a later request, of a later epoch or attempt. */
  public boolean isOvertakenBy(Fence other) {
    return incarnation == other.incarnation
        && (epoch < other.epoch || (epoch == other.epoch && attempt < other.attempt));
  }
}
