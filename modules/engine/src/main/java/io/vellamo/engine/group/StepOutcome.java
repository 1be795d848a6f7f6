package io.vellamo.engine.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of the calls of the user's function for one group, usually a single call.
 *
 * @param change the change to persist
 * @param rows the rows, one for each of the change's stored rows, or those that the call has put
 *     into or removed from the whole result
 * @param live the state for the group's next call; null if it must be deserialized again
 * @param failed the events or timers that were left out because the function threw for them, in
 *     order
 * @param timersAreDue whether timers of the group are due after the call
 */
public record StepOutcome(
    GroupChange change,
    List<Object> rows,
    @Nullable Object live,
    List<FailedEvent> failed,
    boolean timersAreDue) {
  /**
   * An event or timer for which the function threw.
   *
   * @param place the event's index in the group's batch; {@link #NO_EVENT} for a timer, and for
   *     rows that belong to no single event
   * @param cause the exception or error of the function
   */
  public record FailedEvent(int place, Throwable cause) {
    /** The place of a failure that belongs to no event. */
    public static final int NO_EVENT = -1;

    /** Returns whether the failure is that of an event. */
    public boolean isOfAnEvent() {
      return place != NO_EVENT;
    }
  }

  /** Creates the outcome of a call that left out no event. */
  public StepOutcome(GroupChange change, List<Object> rows, @Nullable Object live) {
    this(change, rows, live, List.of(), false);
  }
}
