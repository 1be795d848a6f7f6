package io.vellamo.engine.epoch;

import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.Watermark;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of one of a query's watermarks.
 *
 * @param watermark the value to which its events have advanced it
 * @param lastEventMillis the processing time of the last epoch in which it saw an event, or of the
 *     first epoch
 * @param partitions the watermarks of its partitions that have had events, if they have their own;
 *     in a commit only those that the epoch has changed
 */
public record InputWatermark(
    Watermark watermark,
    long lastEventMillis,
    SortedMap<SourcePartition, PartitionWatermark> partitions) {
  /** Copies the map. */
  public InputWatermark {
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }

  /** Creates the state of a watermark of all partitions. */
  public InputWatermark(Watermark watermark, long lastEventMillis) {
    this(watermark, lastEventMillis, Collections.emptySortedMap());
  }

  /**
   * Returns this state after a commit.
   *
   * @param change the state in the commit
   * @param forgotten partitions that the source no longer has
   */
  InputWatermark then(InputWatermark change, Collection<SourcePartition> forgotten) {
    if (partitions.isEmpty()) {
      return change;
    }
    NavigableMap<SourcePartition, PartitionWatermark> all = new TreeMap<>(partitions);
    all.keySet().removeAll(forgotten);
    all.putAll(change.partitions);
    return new InputWatermark(change.watermark, change.lastEventMillis, all);
  }
}
