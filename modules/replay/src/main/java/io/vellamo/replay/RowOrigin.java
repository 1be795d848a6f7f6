package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.api.sink.RowId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a row: the group that emitted it, what the group was before, and the events and
 * times for which it was called.
 *
 * <p>The row is that of the operator, before stages between operator and sink. If one of them is a
 * {@code filter} or {@code flatMap}, the index in a row id counts the rows after them, and the row
 * found here may be a neighbour of the wanted one: of the same shard and epoch.
 *
 * @param id the row's identity
 * @param operator the name of the operator that emitted it
 * @param key the key of the group that emitted it
 * @param row the row
 * @param rowTime its event time; null if it has none
 * @param shardRows the number of rows of its shard in its epoch
 * @param epoch the epoch
 * @param before the group before the epoch; null if the journal does not hold it
 * @param after the group after the epoch; null if the journal does not hold it
 * @param events whether the events of the group are recorded
 * @param due the times that the epoch's clocks had reached; a timer that an earlier call of the
 *     epoch cancelled is included, which the journal does not tell apart
 * @param effect the effect of the epoch on the group: its events, changes and rows
 * @param explanation the origin in sentences, for people
 * @param earlierCount the number of epochs before it in the journal that concern the group
 * @param earlier the last of them, the newest first, up to the requested number
 * @since 0.1
 */
public record RowOrigin(
    RowId id,
    String operator,
    JsonNode key,
    JsonNode row,
    @Nullable Instant rowTime,
    long shardRows,
    EpochOutline epoch,
    @Nullable GroupView before,
    @Nullable GroupView after,
    Events events,
    List<DueTime> due,
    GroupEpoch effect,
    List<String> explanation,
    long earlierCount,
    List<GroupEpoch> earlier) {
  /** Copies the lists. */
  public RowOrigin {
    due = List.copyOf(due);
    explanation = List.copyOf(explanation);
    earlier = List.copyOf(earlier);
  }

  /** States whether the journal has the events of a group in an epoch. */
  public enum Events {
    /** They are in {@link GroupEpoch#inputs}. */
    RECORDED,
    /** The group had none. */
    NONE,
    /** The journal does not tell whether it had any. */
    NOT_RECORDED
  }
}
