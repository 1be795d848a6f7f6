package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Something in a journal that can't be as it is.
 *
 * @param kind what is wrong
 * @param shard the shard; −1 if it is the query's own journal
 * @param epoch the last epoch before it was found
 * @param key the group; null if it is not about one
 * @param message all of it in words, without states or rows
 * @since 0.1
 */
public record Finding(Kind kind, int shard, long epoch, @Nullable JsonNode key, String message) {
  /** What can be wrong. */
  public enum Kind {
    /** Records are missing in the middle, or those that a recovery begins with. */
    MISSING_RECORDS,
    /** An epoch comes a second time, or after a later one, or from a run that was over. */
    EPOCH_ORDER,
    /** An epoch was begun and never closed, though its run went on. */
    UNCLOSED_EPOCH,
    /** A shard holds an epoch that its query has not planned. */
    AHEAD_OF_QUERY,
    /** A group is in another shard than its key belongs to. */
    WRONG_SHARD,
    /** A snapshot holds a group otherwise than the epochs before it made it. */
    SNAPSHOT_DIFFERS,
    /** A recovery gives something else than all epochs together. */
    RECOVERY_DIFFERS,
    /** The running shard holds something else than the journal. */
    LIVE_DIFFERS,
    /** The query's own records don't follow from each other. */
    QUERY_RECORDS
  }
}
