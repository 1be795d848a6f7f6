package io.vellamo.api.sink;

import java.time.Duration;
import java.util.Map;

/**
 * The metrics that writers have in common: {@code rowsWritten}, {@code bytesWritten} and {@code
 * lastWriteMillis}, the time that the last write took.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @since 0.1
 */
public final class WriteMeter {
  private long rows;
  private long bytes;
  private long lastMillis;

  /** Creates a meter of nothing. */
  public WriteMeter() {}

  /**
   * Adds a write.
   *
   * @param written the number of rows
   * @param size the size of the rows as they were sent; 0 if unknown
   * @param took the time from the first row until the last was acknowledged
   */
  public void wrote(long written, long size, Duration took) {
    rows += written;
    bytes += size;
    lastMillis = took.toMillis();
  }

  /**
   * Returns the metrics.
   *
   * @return numbers by name; without {@code bytesWritten} if no size is known
   */
  public Map<String, Long> metrics() {
    return bytes == 0
        ? Map.of("rowsWritten", rows, "lastWriteMillis", lastMillis)
        : Map.of("rowsWritten", rows, "bytesWritten", bytes, "lastWriteMillis", lastMillis);
  }
}
