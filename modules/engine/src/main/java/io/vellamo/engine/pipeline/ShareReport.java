package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.SeenTimes;
import java.util.List;
import java.util.Map;

/**
 * The report of a reader about the ranges it has read: all but the events of shards, which stay
 * with the reader until the shards ask for them. {@link RoutedEpoch#ofShares} puts reports
 * together.
 *
 * @param ranges the indexes of the ranges in the epoch's plan, in rising order
 * @param outputs what ranges add to the epoch's output, in the same order; without those that add
 *     nothing
 * @param events the fate of the events
 * @param eventTimes statistics of the event times
 * @param late the number of late events at each operator, by its index
 * @param seen the event times that each watermark saw, by number
 * @param eventsByShard the number of events of each shard that has any, before reduction; shards
 *     are numbered across all operators
 */
public record ShareReport(
    List<Integer> ranges,
    List<RangeOutput> outputs,
    EventCounts events,
    EventTimeSums eventTimes,
    List<Long> late,
    List<SeenTimes> seen,
    Map<Integer, Integer> eventsByShard) {
  /** Copies the lists and the map. */
  public ShareReport {
    ranges = List.copyOf(ranges);
    outputs = List.copyOf(outputs);
    late = List.copyOf(late);
    seen = List.copyOf(seen);
    eventsByShard = Map.copyOf(eventsByShard);
  }
}
