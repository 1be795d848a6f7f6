package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an epoch did to a group.
 *
 * @param epoch the epoch's number
 * @param processingTime when it was planned; null if the query's journal does not go back so far
 * @param watermark the watermark it ran with; null if there was none, or as above
 * @param effect what became of the group's entry
 * @param state the state after it; null if there is none
 * @param timeoutMillis when the group times out after it; null if it does not
 * @param rows what it emitted
 * @param inputs the events it was called with; null if they were not recorded or there were none
 * @param parked the events that wait from this epoch on because the group is parked; null if there
 *     are none
 * @since 0.1
 */
public record GroupEpoch(
    long epoch,
    @Nullable Instant processingTime,
    @Nullable Instant watermark,
    Effect effect,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    List<JsonNode> rows,
    @Nullable List<JsonNode> inputs,
    @Nullable List<JsonNode> parked) {
  /** What became of a group's entry. */
  public enum Effect {
    /** Nothing changed; there are only rows or inputs. */
    NONE,
    /** A new state. */
    STATE,
    /** The state as before, another timeout. */
    TIMEOUT,
    /** No state, but a timeout. */
    TIMEOUT_WITHOUT_STATE,
    /** Nothing is kept any more. */
    REMOVED,
    /** What a snapshot held, as the beginning of the journal has been deleted. */
    SNAPSHOT
  }
}
