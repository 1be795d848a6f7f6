package io.vellamo.replay;

/**
 * The result of a change of the number of a query's shards.
 *
 * @param query the query's name
 * @param outcome whether the number has been changed
 * @param shardsBefore the number of shards of each operator before
 * @param shards the requested number
 * @param epoch the last committed epoch, after which the query goes on
 * @param groups the number of groups
 * @param parked the number of those that are parked
 * @param bytes the approximate size of all groups in the journal
 * @param leastGroups the number of groups of the smallest of the requested shards
 * @param mostGroups the number of groups of the largest of them
 * @param removedJournals the number of journals of shards that were removed, of this change or of
 *     an earlier one that was interrupted
 * @since 0.1
 */
public record ReshardReport(
    String query,
    Outcome outcome,
    int shardsBefore,
    int shards,
    long epoch,
    long groups,
    long parked,
    long bytes,
    long leastGroups,
    long mostGroups,
    int removedJournals) {
  /** The outcomes of a change. */
  public enum Outcome {
    /** The change is possible; nothing was written. */
    POSSIBLE,
    /** The number has been changed, and the new shards have been verified. */
    CHANGED,
    /** The query had the requested number of shards already. */
    UNCHANGED
  }
}
