package io.vellamo.api.window;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Windows that last as long as events of a group follow each other within a gap.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class SessionWindows<T> implements Windows<T> {
  private final Function<? super T, @Nullable Duration> gap;
  private final String description;

  SessionWindows(Function<? super T, @Nullable Duration> gap, String description) {
    this.gap = gap;
    this.description = description;
  }

  static void requireGap(Duration gap) {
    if (gap.toMillis() < 1) {
      throw new IllegalArgumentException("gap must be at least 1 ms, was [%s]".formatted(gap));
    }
  }

  /**
   * Returns the gap after an event.
   *
   * @param event the event
   * @return the gap in milliseconds; 0 if the event belongs to no session
   */
  public long gapMillis(T event) {
    Duration after = gap.apply(event);
    return after == null ? 0 : Math.max(0, after.toMillis());
  }

  /**
   * Returns a short description.
   *
   * @return such as {@code sessions with gap PT30M}
   */
  @Override
  public String toString() {
    return "sessions with gap " + description;
  }
}
