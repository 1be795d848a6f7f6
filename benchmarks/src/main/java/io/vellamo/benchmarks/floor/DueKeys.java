package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.Workload;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The watermark, and the keys whose first session or window may close once it passes a moment.
 *
 * <p>Each key has one entry. Later events may have postponed the close when the moment has passed;
 * the key is then visited without effect and added again.
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

  /** Moves the watermark past all events. */
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

  /** Removes and returns the key that is due first. */
  long remove() {
    return queue.remove().key;
  }

  private record DueKey(long dueMillis, long key) {}
}
