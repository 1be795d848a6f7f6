package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * W3's state of a key: its open windows, from the earliest.
 *
 * @param start of the window
 * @param count the number of its events
 * @param later the later windows; null if there are none
 */
public record OpenWindows(long start, long count, @Nullable OpenWindows later)
    implements TimedState<OpenWindows> {
  /** The length of a window, in milliseconds. */
  public static final long LENGTH_MILLIS = Duration.ofMinutes(5).toMillis();

  /** Returns the windows with one more event. */
  public static OpenWindows with(@Nullable OpenWindows open, Event event) {
    return add(open, Math.floorDiv(event.timeMillis(), LENGTH_MILLIS) * LENGTH_MILLIS);
  }

  private static OpenWindows add(@Nullable OpenWindows open, long window) {
    if (open == null || window < open.start) {
      return new OpenWindows(window, 1, open);
    }
    return window == open.start
        ? new OpenWindows(window, open.count + 1, open.later)
        : new OpenWindows(open.start, open.count, add(open.later, window));
  }

  @Override
  public long dueMillis() {
    return start + LENGTH_MILLIS - 1;
  }

  @Override
  public Row row(long key) {
    return new Row(key, start, count, 0, 0);
  }

  @Override
  public void writeTo(ByteBuffer buffer) {
    buffer.putLong(start).putLong(count);
    if (later != null) {
      later.writeTo(buffer);
    }
  }
}
