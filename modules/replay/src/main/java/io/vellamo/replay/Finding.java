package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An inconsistency in a journal, or between a journal and its running shard.
 *
 * @param kind the kind of inconsistency
 * @param shard the shard; −1 if it is the query's own journal
 * @param epoch the last epoch before it was found
 * @param key the group; null if it does not concern one
 * @param message the full description, without states or rows
 * @since 0.1
 */
public record Finding(Kind kind, int shard, long epoch, @Nullable JsonNode key, String message) {
  /** The kinds of inconsistency. */
  public enum Kind {
    /** Records are missing between others, or at the start of a recovery. */
    MISSING_RECORDS,
    /**
     * An epoch occurs twice, after a later epoch, or from a run that has been superseded; or an
     * activation of a shard does.
     */
    EPOCH_ORDER,
    /** An epoch has no closing record, although its run continued or the epoch was committed. */
    UNCLOSED_EPOCH,
    /** A shard holds an epoch that its query has not planned. */
    AHEAD_OF_QUERY,
    /** A group is in a shard to which its key does not belong. */
    WRONG_SHARD,
    /** A group in a snapshot differs from the result of the preceding epochs. */
    SNAPSHOT_DIFFERS,
    /** The result of a recovery differs from that of all epochs. */
    RECOVERY_DIFFERS,
    /** The running shard differs from its journal. */
    LIVE_DIFFERS,
    /** The query's own records are inconsistent. */
    QUERY_RECORDS
  }
}
