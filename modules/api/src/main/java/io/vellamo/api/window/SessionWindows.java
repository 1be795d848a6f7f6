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
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final Function<? super T, @Nullable Duration> gap;
  private final String description;

  SessionWindows(Function<? super T, @Nullable Duration> gap, String description) {
    this.gap = gap;
    this.description = description;
  }

  static void requireGap(Duration gap) {
    if (millis(gap) < 1) {
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
    return after == null ? 0 : Math.max(0, millis(after));
  }

  private static long millis(Duration gap) {
    return gap.compareTo(LONGEST) < 0 ? gap.toMillis() : Long.MAX_VALUE;
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
