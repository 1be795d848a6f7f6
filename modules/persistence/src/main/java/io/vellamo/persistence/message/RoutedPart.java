package io.vellamo.persistence.message;

import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader reports of an epoch that it has read in part: all but the events of shards, which
 * the shards get from the reader.
 *
 * @param routed the routed epoch, without the events of shards
 * @param sizes the number of events of each shard that has any, including those that were reduced
 *     to partial results
 */
public record RoutedPart(RoutedEpoch routed, Map<Integer, Integer> sizes) {
  /** Returns what a reader reports of an epoch. */
  public static RoutedPart of(RoutedEpoch routed) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (Map.Entry<Integer, ShardEvents> shard : routed.shards().entrySet()) {
      sizes.put(shard.getKey(), shard.getValue().sizeBeforeReduction());
    }
    return new RoutedPart(
        new RoutedEpoch(
            routed.plan(),
            Map.of(),
            routed.rows(),
            routed.deadLetters(),
            routed.lateEvents(),
            routed.events(),
            routed.eventTimes(),
            routed.late(),
            routed.seen()),
        sizes);
  }
}
