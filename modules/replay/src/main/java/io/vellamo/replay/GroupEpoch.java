package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.api.sink.RowId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effect of an epoch on a group.
 *
 * @param epoch the epoch's number
 * @param processingTime the time at which it was planned; null if the query's journal no longer
 *     holds the epoch
 * @param watermark the watermark that it ran with; null if there was none, or if the query's
 *     journal no longer holds the epoch
 * @param effect the change of the group's entry
 * @param state the state after it; null if there is none
 * @param timeoutMillis the group's timeout after it, in milliseconds since 1970; null if there is
 *     none
 * @param changes the changes of its variables and timers, in order; a variable that lost many
 *     entries at once has one change for all of them
 * @param rows the rows that it emitted
 * @param rowIds the identities of these rows, by which {@link JournalReplay#origin} finds them; the
 *     sink has the same ones if there is neither a {@code filter} nor a {@code flatMap} before it
 * @param inputs the events it was called with; null if they were not recorded or there were none
 * @param parked the events that became pending in this epoch because the group is parked; null if
 *     there are none
 * @since 0.1
 */
public record GroupEpoch(
    long epoch,
    @Nullable Instant processingTime,
    @Nullable Instant watermark,
    Effect effect,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    List<EntryChange> changes,
    List<JsonNode> rows,
    List<RowId> rowIds,
    @Nullable List<JsonNode> inputs,
    @Nullable List<JsonNode> parked) {
  /** A change of a group's entry. */
  public enum Effect {
    /** Nothing changed; there are only rows or inputs. */
    NONE,
    /** A new state. */
    STATE,
    /** An unchanged state, another timeout. */
    TIMEOUT,
    /** No state, but a timeout. */
    TIMEOUT_WITHOUT_STATE,
    /** Everything that was kept of the group is removed. */
    REMOVED,
    /** Variables or timers were changed, or entries have expired. */
    VARIABLES,
    /**
     * Variables or timers were forgotten after this epoch, as the next start of the query did not
     * declare them.
     */
    DROPPED,
    /** The entry is from a snapshot, as the beginning of the journal has been deleted. */
    SNAPSHOT
  }
}
