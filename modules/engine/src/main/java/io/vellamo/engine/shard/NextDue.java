package io.vellamo.engine.shard;

import io.vellamo.engine.time.Millis;
import org.jspecify.annotations.Nullable;

/**
 * The next times at which something is due.
 *
 * @param eventTimeMillis the earliest event-time timer, or null
 * @param processingTimeMillis the earliest processing-time timer, or null
 */
public record NextDue(@Nullable Long eventTimeMillis, @Nullable Long processingTimeMillis) {
  /** Nothing is due. */
  public static final NextDue NEVER = new NextDue(null, null);

  /** Something is due at any processing time. */
  public static final NextDue NOW = new NextDue(null, Long.MIN_VALUE);

  /** Returns the earlier of each of the two times. */
  public NextDue earlier(NextDue other) {
    return new NextDue(
        min(eventTimeMillis, other.eventTimeMillis),
        min(processingTimeMillis, other.processingTimeMillis));
  }

  /** Returns these times for a watermark that is ahead of that of the operator. */
  public NextDue heldBackBy(long millis) {
    return eventTimeMillis == null || millis == 0
        ? this
        : new NextDue(Millis.plus(eventTimeMillis, millis), processingTimeMillis);
  }

  private static @Nullable Long min(@Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.min(a, b);
  }
}
