package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupBatch;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a shard could not begin a run or an epoch.
 *
 * @param message what failed, for the user
 * @param position the source position of the failed event; null if there is none
 * @param details the description of the exception, shown after the position; empty if the message
 *     contains it
 * @param cause the exception; null if there is none
 */
public record ShardFailure(
    String message, @Nullable EventPosition position, String details, @Nullable Throwable cause) {
  /** Returns a failure without an event. */
  static ShardFailure of(String message, @Nullable Throwable cause) {
    return new ShardFailure(message, null, "", cause);
  }

  /**
   * The position of an event.
   *
   * @param range the place of its range in the epoch's plan; {@link GroupBatch#NO_RANGE} for a row
   *     of another operator, {@link io.vellamo.engine.shard.EventForms#WAITED} for an event of a
   *     parked group
   * @param offset its offset
   */
  public record EventPosition(int range, long offset) {}
}
