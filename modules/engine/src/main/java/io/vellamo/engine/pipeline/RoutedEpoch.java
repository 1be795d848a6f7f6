package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupBatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of an epoch, brought together by shard and group.
 *
 * @param plan the epoch
 * @param shards for each shard with events its groups, in the order of their first events
 * @param rows what a query without a stateful operator emits
 * @param deadLetters broken source entries
 * @param lateEvents the late events, if the query has a late output
 * @param events the fate of the events
 * @param eventTimes what event times there were
 * @param newest the largest event time that moves the watermark, or null if there was none
 */
public record RoutedEpoch(
    EpochPlan plan,
    Map<Integer, List<GroupBatch<Object>>> shards,
    List<Object> rows,
    List<DeadLetter> deadLetters,
    List<LateEvent> lateEvents,
    EventCounts events,
    EventTimeStats eventTimes,
    @Nullable NewestEventTime newest) {
  /** Returns an epoch without data. */
  public static RoutedEpoch withoutData(EpochPlan plan) {
    return new RoutedEpoch(
        plan,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        EventCounts.NONE,
        EventTimeStats.NONE,
        null);
  }
}
