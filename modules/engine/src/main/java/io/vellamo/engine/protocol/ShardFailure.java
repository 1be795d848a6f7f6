package io.vellamo.engine.protocol;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.shard.EventForms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a shard could not begin a run or an epoch. The exception itself, if there is one,
 * stays with the shard.
 *
 * @param message what failed, for the user
 * @param position the source position of the failed event; null if there is none
 * @param details the description of the exception, shown after the position; empty if the message
 *     contains it
 */
public record ShardFailure(String message, @Nullable EventPosition position, String details) {
  /** Returns a failure without an event. */
  public static ShardFailure of(String message) {
    return new ShardFailure(message, null, "");
  }

  /**
   * The position of an event.
   *
   * @param range the index of its range in the epoch's plan; {@link GroupBatch#NO_RANGE} for a row
   *     of another operator, {@link EventForms#WAITED} for an event of a parked group
   * @param offset its offset
   */
  public record EventPosition(int range, long offset) {
    /** Returns a description, to be appended to a message; the ranges are those of the epoch. */
    public String describe(List<OffsetRange> ranges) {
      if (range == EventForms.WAITED) {
        return ", called with events that waited";
      }
      if (range == GroupBatch.NO_RANGE) {
        return ", called with rows of another operator";
      }
      return ", source position [%s@%d]".formatted(ranges.get(range).partition(), offset);
    }
  }
}
