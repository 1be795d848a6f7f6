package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * W1's state of a key: its open sessions, ordered by start and therefore also by end.
 *
 * @param start time of the session's first event
 * @param end time of its last event
 * @param count the number of its events
 * @param sum the sum of their values
 * @param later the later sessions, which start more than the gap after its end; null if there are
 *     none
 */
public record SessionState(long start, long end, long count, long sum, @Nullable SessionState later)
    implements TimedState<SessionState> {
  /** The longest time between neighbouring events of a session, in milliseconds. */
  public static final long GAP_MILLIS = Duration.ofMinutes(30).toMillis();

  /** Returns the sessions with one more event, which may merge two of them. */
  public static SessionState with(@Nullable SessionState open, Event event) {
    return with(open, event.timeMillis(), event.value());
  }

  private static SessionState with(@Nullable SessionState open, long time, int value) {
    if (open == null || time < open.start - GAP_MILLIS) {
      return new SessionState(time, time, 1, value, open);
    }
    if (time > open.end + GAP_MILLIS) {
      return new SessionState(
          open.start, open.end, open.count, open.sum, with(open.later, time, value));
    }
    long newEnd = Math.max(open.end, time);
    SessionState next = open.later;
    if (next == null || next.start - GAP_MILLIS > newEnd) {
      return new SessionState(
          Math.min(open.start, time), newEnd, open.count + 1, open.sum + value, next);
    }
    return new SessionState(
        open.start, next.end, open.count + next.count + 1, open.sum + next.sum + value, next.later);
  }

  @Override
  public long dueMillis() {
    return end + GAP_MILLIS;
  }

  @Override
  public Row row(long key) {
    return new Row(key, start, end, count, sum);
  }

  @Override
  public void writeTo(ByteBuffer buffer) {
    buffer.putLong(start).putLong(end).putLong(count).putLong(sum);
    if (later != null) {
      later.writeTo(buffer);
    }
  }
}
