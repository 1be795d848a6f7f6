package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupBatch;
import org.jspecify.annotations.Nullable;

/**
 * Why a shard could not run an epoch.
 *
 * @param message what failed, for the user
 * @param position the source position of the event at hand; null if there is none
 * @param details what was thrown says of itself, told after the position; empty if the message
 *     holds it
 * @param cause what was thrown, if something was
 */
public record ShardFailure(
    String message, @Nullable EventPosition position, String details, @Nullable Throwable cause) {
  /** Returns a failure that is about no event. */
  static ShardFailure of(String message, @Nullable Throwable cause) {
    return new ShardFailure(message, null, "", cause);
  }

  /**
   * Where an event was read.
   *
   * @param range the place of its range in the epoch's plan; {@link GroupBatch#NO_RANGE} for a row
   *     of another operator, {@link io.vellamo.engine.shard.EventForms#WAITED} for an event of a
   *     parked group
   * @param offset its offset
   */
  public record EventPosition(int range, long offset) {}
}
