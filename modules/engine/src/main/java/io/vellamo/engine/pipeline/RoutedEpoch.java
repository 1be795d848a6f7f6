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
 * @param shards the events of each shard that has any; shards are numbered across all operators
 * @param elsewhere the number of events, before reduction, of each shard that gets events from the
 *     readers which have read them; none if {@code shards} has all events
 * @param rows the rows that go from the sources to the sink
 * @param deadLetters source entries that can't be read, and events for which a stage threw
 * @param lateEvents the late events, if the query has a late output
 * @param events the fate of the events
 * @param eventTimes statistics of the event times
 * @param late the number of late events at each operator, by its index
 * @param seen the event times that each watermark saw among the events of the sources, by number
 */
public record RoutedEpoch(
    EpochPlan plan,
    Map<Integer, ShardEvents> shards,
    Map<Integer, Integer> elsewhere,
    List<Object> rows,
    List<DeadLetter> deadLetters,
    List<LateEvent> lateEvents,
    EventCounts events,
    EventTimeStats eventTimes,
    List<Long> late,
    List<SeenTimes> seen) {
  /** Returns the number of late events at an operator. */
  public long late(int place) {
    return late.isEmpty() ? 0 : late.get(place);
  }

  /**
   * Returns an epoch whose ranges were read by several readers, which keep its events: the same as
   * if they had been read in one place.
   *
   * @param reports the reports of all readers, in any order
   * @throws IllegalArgumentException if a range was not read, or was read twice
   */
  public static RoutedEpoch ofShares(EpochPlan plan, List<ShareReport> reports) {
    MergedShares shares = new MergedShares(plan);
    reports.forEach(shares::add);
    return shares.epoch();
  }

  /** Returns an epoch without data. */
  public static RoutedEpoch withoutData(EpochPlan plan) {
    return new RoutedEpoch(
        plan,
        Map.of(),
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
