package io.vellamo.api.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An interval of event time.
 *
 * <p>A tumbling or sliding window holds the events from {@code start}, inclusive, to {@code end},
 * exclusive. A session holds the events from {@code start}, the event time of its first event, to
 * {@code end}, its latest event time plus gap; an event at {@code end} still belongs to it, where
 * Spark begins a new session.
 *
 * @param start the start, in whole milliseconds
 * @param end the end, in whole milliseconds; not before {@code start}
 * @since 0.1
 */
public record Window(Instant start, Instant end) {
  public Window {
    requireNonNull(start, "start");
    requireNonNull(end, "end");
    if (end.isBefore(start)) {
      throw new IllegalArgumentException(
          "end must not be before start [%s], was [%s]".formatted(start, end));
    }
  }

  /**
   * Returns windows that follow each other without gaps, aligned to 1970-01-01T00:00:00Z.
   *
   * @param width the length of a window, at least 1 ms and at most a million years, in whole
   *     milliseconds
   * @return windows that each event belongs to one of
   * @throws IllegalArgumentException if {@code width} is out of range
   */
  public static TimeWindows tumbling(Duration width) {
    return TimeWindows.of(width, width);
  }

  /**
   * Returns windows of one length that begin at regular intervals, aligned to 1970-01-01T00:00:00Z.
   *
   * @param width the length of a window, at least 1 ms and at most a million years, in whole
   *     milliseconds
   * @param slide the interval between two starts, at least 1 ms, in whole milliseconds; not longer
   *     than {@code width}
   * @return windows that each event belongs to one or several of
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static TimeWindows sliding(Duration width, Duration slide) {
    return TimeWindows.of(width, slide);
  }

  /**
   * Returns sessions: windows that last as long as events follow each other within a gap.
   *
   * @param gap the longest time between two events of a session, at least 1 ms; fractions of a
   *     millisecond are dropped
   * @param <T> the events
   * @return windows that each event belongs to one of
   * @throws IllegalArgumentException if {@code gap} is out of range
   */
  public static <T> SessionWindows<T> session(Duration gap) {
    SessionWindows.requireGap(gap);
    return new SessionWindows<>(event -> gap, gap.toString());
  }

  /**
   * Returns sessions with a gap of its own after each event. The session ends at the latest event
   * time plus gap.
   *
   * @param gap returns the gap after an event; if it is null, zero or negative, the event belongs
   *     to no session, as in Spark
   * @param <T> the events
   * @return windows that each event belongs to one of
   */
  public static <T> SessionWindows<T> session(Function<? super T, @Nullable Duration> gap) {
    return new SessionWindows<>(requireNonNull(gap, "gap"), "per event");
  }

  /**
   * Returns the length.
   *
   * @return the time from start to end
   */
  public Duration length() {
    return Duration.between(start, end);
  }

  /**
   * Returns the interval.
   *
   * @return such as {@code [2001-01-24T19:00:00Z, 2001-01-24T20:00:00Z)}
   */
  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
