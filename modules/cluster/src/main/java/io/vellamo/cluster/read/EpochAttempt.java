package io.vellamo.cluster.read;

/**
 * An attempt to run an epoch.
 *
 * @param incarnation the run of the query
 * @param epoch the epoch
 * @param attempt the attempt of this run to run the epoch
 */
public record EpochAttempt(long incarnation, long epoch, long attempt) {
  /** Returns whether this attempt is never needed again once another one is read. */
  boolean isReplacedBy(EpochAttempt other) {
    if (incarnation != other.incarnation) {
      return incarnation < other.incarnation;
    }
    // While an epoch runs, the next one is read ahead.
    return epoch < other.epoch - 1 || (epoch == other.epoch && attempt < other.attempt);
  }
}
