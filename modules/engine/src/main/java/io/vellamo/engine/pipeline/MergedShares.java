package io.vellamo.engine.pipeline;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.SeenTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The sum of the reports on an epoch's shares: the same epoch as if one reader had read all ranges,
 * in whatever way they were divided.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class MergedShares {
  private final EpochPlan plan;
  private final TreeMap<Integer, RangeOutput> outputs = new TreeMap<>();
  private final boolean[] isRead;
  private EventCounts events = EventCounts.NONE;
  private EventTimeSums eventTimes = EventTimeSums.NONE;
  private final List<Long> late = new ArrayList<>();
  private final List<SeenTimes> seen = new ArrayList<>();
  private final TreeMap<Integer, Integer> elsewhere = new TreeMap<>();

  MergedShares(EpochPlan plan) {
    this.plan = plan;
    this.isRead = new boolean[plan.ranges().size()];
  }

  void add(ShareReport report) {
    report.ranges().forEach(this::read);
    report.outputs().forEach(output -> outputs.put(output.range(), output));
    events = events.plus(report.events());
    eventTimes = eventTimes.plus(report.eventTimes());
    for (int place = 0; place < report.late().size(); place++) {
      if (place == late.size()) {
        late.add(0L);
      }
      late.set(place, late.get(place) + report.late().get(place));
    }
    for (int watermark = 0; watermark < report.seen().size(); watermark++) {
      if (watermark == seen.size()) {
        seen.add(SeenTimes.NONE);
      }
      seen.set(watermark, seen.get(watermark).plus(report.seen().get(watermark)));
    }
    report.eventsByShard().forEach((shard, count) -> elsewhere.merge(shard, count, Integer::sum));
  }

  private void read(int range) {
    if (isRead[range]) {
      throw new IllegalArgumentException(
          "shares of epoch [%d] must not overlap, range [%d] was read twice"
              .formatted(plan.epoch(), range));
    }
    isRead[range] = true;
  }

  RoutedEpoch epoch() {
    List<Integer> missing =
        IntStream.range(0, isRead.length).filter(range -> !isRead[range]).boxed().toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "shares of epoch [%d] must have all [%d] ranges, %s were not read"
              .formatted(plan.epoch(), isRead.length, missing));
    }
    List<Object> rows = new ArrayList<>();
    List<DeadLetter> deadLetters = new ArrayList<>();
    for (RangeOutput output : outputs.values()) {
      rows.addAll(output.rows());
      deadLetters.addAll(output.deadLetters());
    }
    return new RoutedEpoch(
        plan,
        Map.of(),
        elsewhere,
        rows,
        deadLetters,
        lateEvents(),
        events,
        eventTimes.stats(),
        late,
        seen);
  }

  /** Returns the late events of the first operator, then those of the next, as a router does. */
  private List<LateEvent> lateEvents() {
    List<LateEvent> all = new ArrayList<>();
    for (int place = 0; place < late.size(); place++) {
      for (RangeOutput output : outputs.values()) {
        all.addAll(output.lateEvents().getOrDefault(place, List.of()));
      }
    }
    return all;
  }
}
