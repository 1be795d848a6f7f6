package io.vellamo.api.window;

import java.time.Duration;

/**
 * Windows of one length that begin at regular intervals: tumbling if the interval equals the
 * length, sliding if it is shorter.
 *
 * @since 0.1
 */
public final class TimeWindows implements Windows<Object> {
  private static final Duration LONGEST = Duration.ofDays(365_000_000);

  private final long width;
  private final long slide;
  private final long offset;

  private TimeWindows(long width, long slide, long offset) {
    this.width = width;
    this.slide = slide;
    this.offset = offset;
  }

  static TimeWindows of(Duration width, Duration slide) {
    long widthMillis = millis("width", width);
    long slideMillis = millis("slide", slide);
    if (slideMillis > widthMillis) {
      throw new IllegalArgumentException(
          "slide must not be longer than width [%s], was [%s]; events between two windows would be lost"
              .formatted(width, slide));
    }
    return new TimeWindows(widthMillis, slideMillis, 0);
  }

  private static long millis(String name, Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be at most [%s], was [%s]".formatted(name, LONGEST, duration));
    }
    long millis = duration.toMillis();
    if (millis < 1 || !Duration.ofMillis(millis).equals(duration)) {
      throw new IllegalArgumentException(
          "%s must be at least 1 ms and have no fractions of a millisecond, was [%s]"
              .formatted(name, duration));
    }
    return millis;
  }

  /**
   * Returns these windows shifted, for instance by 15 minutes for hours that begin at a quarter
   * past.
   *
   * @param shift the shift from 1970-01-01T00:00:00Z, in whole milliseconds; may be negative;
   *     shorter than the interval between two starts
   * @return windows of the same length
   * @throws IllegalArgumentException if {@code shift} is out of range
   */
  public TimeWindows withOffset(Duration shift) {
    boolean isShort = shift.abs().compareTo(Duration.ofMillis(slide)) < 0;
    long millis = isShort ? shift.toMillis() : 0;
    if (!isShort || !Duration.ofMillis(millis).equals(shift)) {
      throw new IllegalArgumentException(
          "offset must be shorter than the slide [%s] and have no fractions of a millisecond, was [%s]"
              .formatted(Duration.ofMillis(slide), shift));
    }
    return new TimeWindows(width, slide, Math.floorMod(millis, slide));
  }

  /**
   * Returns the length of a window.
   *
   * @return milliseconds, at least 1
   */
  public long widthMillis() {
    return width;
  }

  /**
   * Returns the interval between the starts of two windows.
   *
   * @return milliseconds, at least 1
   */
  public long slideMillis() {
    return slide;
  }

  /**
   * Returns the shift of the starts from 1970-01-01T00:00:00Z.
   *
   * @return milliseconds, from 0 to the slide, exclusive
   */
  public long offsetMillis() {
    return offset;
  }

  /**
   * Returns the length of the slices into which the windows divide time: every start and end of a
   * window is the start of a slice.
   *
   * @return the greatest common divisor of width and slide, in milliseconds
   */
  public long sliceMillis() {
    long divisor = width;
    long rest = slide;
    while (rest != 0) {
      long next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    return divisor;
  }

  /**
   * Returns a short description.
   *
   * @return such as {@code windows of PT1H every PT15M}
   */
  @Override
  public String toString() {
    String starts = offset == 0 ? "" : " from " + Duration.ofMillis(offset);
    return slide == width
        ? "windows of " + Duration.ofMillis(width) + starts
        : "windows of " + Duration.ofMillis(width) + " every " + Duration.ofMillis(slide) + starts;
  }
}
