package io.vellamo.benchmarks.workload;

import org.jspecify.annotations.Nullable;

/**
 * A list of what is open of a key and closed by event time, from the first to close. Made of
 * records only, so that nothing in it can change.
 *
 * @param <S> the state itself
 */
public interface TimedState<S extends TimedState<S>> extends KeyState {
  /** Returns the time that the watermark must have passed for the first of the list to close. */
  long dueMillis();

  /** Returns what is open behind the first; null if nothing is. */
  @Nullable S later();

  /** Returns the row of the first. */
  Row row(long key);

  /** Returns whether no event can change the first any more. */
  default boolean isClosed(long watermark) {
    return dueMillis() < watermark;
  }

  /**
   * Adds an event to what is open.
   *
   * @param <S> the states
   */
  interface Adding<S> {
    /** Returns what is open with an event; before the first event, nothing is. */
    S add(@Nullable S open, Event event);
  }
}
