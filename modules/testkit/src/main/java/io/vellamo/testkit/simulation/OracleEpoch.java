package io.vellamo.testkit.simulation;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.GeneratedInput.Branch;
import java.util.ArrayList;
import java.util.List;

/**
 * A computation of what an epoch must read.
 *
 * @param events the events for the first operator, in order
 * @param dropped the number of events that the stages have dropped
 * @param late the number of late events
 * @param times the event times that each source's watermark saw
 */
record OracleEpoch(
    List<OracleEvent<Event>> events, long dropped, long late, List<List<Long>> times) {
  static OracleEpoch of(EpochPlan plan, GeneratedInput input, boolean dropsLate) {
    List<OracleEvent<Event>> events = new ArrayList<>();
    List<List<Long>> times = new ArrayList<>();
    long dropped = 0;
    long late = 0;
    for (Branch branch : input.branches()) {
      List<Long> seen = new ArrayList<>();
      for (OffsetRange range : plan.ranges()) {
        if (input.branch(range) != branch) {
          continue;
        }
        List<Event> atWatermark = new ArrayList<>();
        for (Event event : input.events(range)) {
          dropped += branch.stages().take(event, atWatermark);
        }
        for (Event event : atWatermark) {
          Long time = branch.watermark() == null ? null : Long.valueOf(event.time());
          if (time != null) {
            seen.add(time);
          }
          List<Event> atOperator = new ArrayList<>();
          dropped += input.stages().take(event, atOperator);
          for (Event each : atOperator) {
            if (dropsLate && time != null && time < plan.times().lateWatermark().millis()) {
              late++;
            } else {
              events.add(new OracleEvent<>(each, time));
            }
          }
        }
      }
      if (branch.watermark() != null) {
        times.add(seen);
      }
    }
    return new OracleEpoch(events, dropped, late, times);
  }
}
