package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.time.SeenTimes;
import java.util.List;
import java.util.Map;

/**
 * The events of an epoch, by shard.
 *
 * @param plan the epoch
 * @param shards for each shard with events what it gets; the shards of all operators are counted
 *     through
 * @param rows what goes from the sources to the sink
 * @param deadLetters broken source entries
 * @param lateEvents the late events, if the query has a late output
 * @param events the fate of the events
 * @param eventTimes what event times there were
 * @param late how many events were late in front of each operator, by its place
 * @param seen what each watermark in front of the first operators saw, by its number
 */
public record RoutedEpoch(
    EpochPlan plan,
    Map<Integer, ShardEvents> shards,
    List<Object> rows,
    List<DeadLetter> deadLetters,
    List<LateEvent> lateEvents,
    EventCounts events,
    EventTimeStats eventTimes,
    List<Long> late,
    List<SeenTimes> seen) {
  /** Returns how many events were late in front of an operator. */
  public long late(int place) {
    return late.isEmpty() ? 0 : late.get(place);
  }

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
        List.of(),
        List.of());
  }
}
