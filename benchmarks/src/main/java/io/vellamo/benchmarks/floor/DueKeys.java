package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.Workload;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The watermark, and the keys that may have something to close once it has passed a moment.
 *
 * <p>A key is in here once. By the time that its moment has passed its state may close later; then
 * it has been looked at for nothing, and is added anew.
 */
final class DueKeys {
  private static final long DELAY_MILLIS = Workload.WATERMARK_DELAY.toMillis();

  private final PriorityQueue<DueKey> queue =
      new PriorityQueue<>(Comparator.comparingLong(DueKey::dueMillis));
  private long watermark = Long.MIN_VALUE;

  void add(long dueMillis, long key) {
    queue.add(new DueKey(dueMillis, key));
  }

  /** Moves the watermark by an event. */
  void advance(long timeMillis) {
    watermark = Math.max(watermark, timeMillis - DELAY_MILLIS);
  }

  /** Moves the watermark to the end of time. */
  void end() {
    watermark = Long.MAX_VALUE;
  }

  long watermark() {
    return watermark;
  }

  boolean isAnyDue() {
    DueKey first = queue.peek();
    return first != null && first.dueMillis < watermark;
  }

  /** Takes the key that is due first. */
  long remove() {
    return queue.remove().key;
  }

  private record DueKey(long dueMillis, long key) {}
}
