package io.vellamo.engine.time;

import java.time.Instant;

/**
 * The claim that no event with an earlier event time will come.
 *
 * <p>There is none before the first event; Spark starts at 1970 instead and drops earlier data.
 *
 * <p><b>Time</b> Both comparisons are strict: an event at the watermark is not late, and a timer
 * due at the watermark does not fire.
 */
public final class Watermark implements Comparable<Watermark> {
  /** No watermark yet: no event is late, no timer fires. */
  public static final Watermark NONE = new Watermark(Long.MIN_VALUE);

  /** The end of time: every event is late, every timer fires. */
  public static final Watermark END = new Watermark(Long.MAX_VALUE);

  private final long millis;
  // Functions ask for it in most of their calls.
  private final Instant instant;

  private Watermark(long millis) {
    this.millis = millis;
    this.instant = millis == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochMilli(millis);
  }

  /**
   * Returns a watermark.
   *
   * @param millis milliseconds since 1970; the two extremes of {@code long} denote {@link #NONE}
   *     and {@link #END}
   */
  public static Watermark of(long millis) {
    if (millis == NONE.millis) {
      return NONE;
    }
    return millis == END.millis ? END : new Watermark(millis);
  }

  /** Returns whether there is a watermark. */
  public boolean isKnown() {
    return millis != NONE.millis;
  }

  /** Returns whether an event of the given event time is late. */
  public boolean isLate(long eventTimeMillis) {
    return eventTimeMillis < millis;
  }

  /** Returns whether a timer due at the given time fires. */
  public boolean hasPassed(long dueMillis) {
    return dueMillis < millis;
  }

  /**
   * Returns the watermark after an epoch, which is never earlier than this one.
   *
   * @param maxEventTimeMillis the largest event time that the epoch saw
   * @param delayMillis the watermark delay
   */
  public Watermark advance(long maxEventTimeMillis, long delayMillis) {
    long trailing = maxEventTimeMillis - delayMillis;
    boolean underflow = trailing > maxEventTimeMillis;
    return underflow || trailing <= millis ? this : of(trailing);
  }

  /** Returns an earlier watermark; this one if there is none, or it is the end of time. */
  public Watermark heldBackBy(long delayMillis) {
    return isKnown() && !equals(END) ? of(Millis.plus(millis, -delayMillis)) : this;
  }

  /** Returns milliseconds since 1970; the smallest {@code long} if there is no watermark. */
  public long millis() {
    return millis;
  }

  /** Returns the watermark as user code sees it: 1970-01-01T00:00:00Z while there is none. */
  public Instant toInstant() {
    return instant;
  }

  @Override
  public int compareTo(Watermark other) {
    return Long.compare(millis, other.millis);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Watermark that && millis == that.millis;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(millis);
  }

  @Override
  public String toString() {
    if (!isKnown()) {
      return "none";
    }
    return equals(END) ? "end of time" : toInstant().toString();
  }
}
