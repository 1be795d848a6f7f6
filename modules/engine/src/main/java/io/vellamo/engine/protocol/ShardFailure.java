package io.vellamo.engine.protocol;

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
   * @param range the index of its range in the epoch's plan; {@link
   *     io.vellamo.engine.group.GroupBatch#NO_RANGE} for a row of another operator, {@link
   *     io.vellamo.engine.shard.EventForms#WAITED} for an event of a parked group
   * @param offset its offset
   */
  public record EventPosition(int range, long offset) {}
}
