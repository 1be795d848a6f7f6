package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.engine.time.SeenTimes;
import java.util.List;
import java.util.Map;

/**
 * What the machine has to know of an epoch's events, which themselves stay with the caller.
 *
 * @param events the fate of the events that were read
 * @param eventTimes statistics of their event times
 * @param late the number of events that were late at each operator, by its index
 * @param seen the event times that each watermark saw, by number; empty if none saw any
 * @param eventsByShard the number of events of each shard that has any
 */
public record EpochSummary(
    EventCounts events,
    EventTimeStats eventTimes,
    List<Long> late,
    List<SeenTimes> seen,
    Map<Integer, Integer> eventsByShard) {
  /** The summary of an epoch without data. */
  public static final EpochSummary NO_DATA =
      new EpochSummary(EventCounts.NONE, EventTimeStats.NONE, List.of(), List.of(), Map.of());

  /** Copies the lists and the map. */
  public EpochSummary {
    late = List.copyOf(late);
    seen = List.copyOf(seen);
    eventsByShard = Map.copyOf(eventsByShard);
  }

  /** Returns the number of events of a shard. */
  int events(int shard) {
    return eventsByShard.getOrDefault(shard, 0);
  }

  /** Returns the number of events that were late at an operator. */
  long late(int operator) {
    return late.isEmpty() ? 0 : late.get(operator);
  }
}
