package io.vellamo.benchmarks.workload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sums of the counts of windows in processing time, by key. The windows of two runs differ, but
 * the counts of a key's windows add up to the number of its events in any run.
 *
 * <p>A row is taken as it is, and not added to a sum, if its window doesn't begin at a multiple of
 * the length, was not open during the run, or has had a row with the same key. Then the checksum
 * differs from the expected one.
 */
final class WindowSums {
  private static final long LENGTH_MILLIS = Workload.WINDOW.toMillis();

  private WindowSums() {}

  /**
   * Returns the checksum of the sums, each as a row with the key and the sum as {@code c}.
   *
   * @param rows with the key as {@code a}, the start of the window as {@code b} and the count as
   *     {@code c}
   * @param fromMillis the time at which the run started
   * @param untilMillis the time at which the run had ended
   */
  static Checksum of(List<Row> rows, long fromMillis, long untilMillis) {
    Map<Long, Long> sums = new HashMap<>();
    Set<Window> windows = new HashSet<>();
    Checksum checksum = Checksum.NONE;
    for (Row row : rows) {
      long start = row.b();
      if (start % LENGTH_MILLIS == 0
          && start + LENGTH_MILLIS > fromMillis
          && start <= untilMillis
          && windows.add(new Window(row.a(), start))) {
        sums.merge(row.a(), row.c(), Long::sum);
      } else {
        checksum = checksum.plus(row);
      }
    }
    for (Map.Entry<Long, Long> sum : sums.entrySet()) {
      checksum = checksum.plus(new Row(sum.getKey(), 0, sum.getValue(), 0, 0));
    }
    return checksum;
  }

  private record Window(long key, long startMillis) {}
}
