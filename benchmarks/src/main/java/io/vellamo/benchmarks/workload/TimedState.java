package io.vellamo.benchmarks.workload;

import org.jspecify.annotations.Nullable;

/**
 * A list of a key's open sessions or windows, which event time closes, from the first to close. It
 * consists of records only, so it is immutable.
 *
 * @param <S> the implementing type
 */
public interface TimedState<S extends TimedState<S>> extends KeyState {
  /** Returns the time that the watermark must pass for the first entry to close. */
  long dueMillis();

  /** Returns the list after the first entry; null if it is empty. */
  @Nullable S later();

  /** Returns the row of the first entry. */
  Row row(long key);

  /** Returns whether the first entry is closed: no event can change it any more. */
  default boolean isClosed(long watermark) {
    return dueMillis() < watermark;
  }

  /**
   * A function that adds an event to a list.
   *
   * @param <S> the states
   */
  interface Adding<S> {
    /** Returns the list with an event added; {@code open} is null if the list is empty. */
    S add(@Nullable S open, Event event);
  }
}
