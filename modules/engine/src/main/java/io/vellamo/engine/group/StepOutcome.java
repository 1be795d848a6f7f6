package io.vellamo.engine.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of the user's function for one group gave; usually that is one call.
 *
 * @param change what is kept
 * @param rows what was emitted, one for each of the change's stored rows
 * @param live the state for the group's next call; null if it has to be read anew
 * @param failed the events that were left out because the function threw for them, in order
 */
public record StepOutcome(
    GroupChange change, List<Object> rows, @Nullable Object live, List<FailedEvent> failed) {
  /**
   * An event that the function threw for.
   *
   * @param place its place in the group's batch
   * @param cause what was thrown
   */
  public record FailedEvent(int place, Throwable cause) {}

  /** Creates the outcome of a call that left nothing out. */
  public StepOutcome(GroupChange change, List<Object> rows, @Nullable Object live) {
    this(change, rows, live, List.of());
  }
}
