package io.vellamo.api.process;

import java.time.Duration;

/**
 * The timers of one name of a group in processing time.
 *
 * @since 0.1
 */
public interface ProcessingTimers extends Timers {
  /**
   * Sets the timer without a tag.
   *
   * @param delay the time from {@link GroupContext#currentProcessingTime}; not negative
   * @throws IllegalArgumentException if {@code delay} is negative or ends too late for milliseconds
   */
  void setAfter(Duration delay);

  /**
   * Sets the timer of a tag.
   *
   * @param tag as for {@link Timers#set(String, java.time.Instant)}
   * @param delay as for {@link #setAfter(Duration)}
   * @throws IllegalArgumentException if {@code delay} is negative or ends too late for milliseconds
   */
  void setAfter(String tag, Duration delay);
}
