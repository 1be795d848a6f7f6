package io.vellamo.testkit.simulation;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Thrown;
import io.vellamo.testkit.simulation.GeneratedInput.Branch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A computation of what an epoch must read. */
final class OracleEpoch {
  private final GeneratedInput input;
  private final long lateMillis;
  private final List<OracleEvent<Event>> events = new ArrayList<>();
  private final List<Event> deadLetters = new ArrayList<>();
  private final List<List<Long>> times = new ArrayList<>();
  private long dropped;
  private long late;

  private OracleEpoch(GeneratedInput input, long lateMillis) {
    this.input = input;
    this.lateMillis = lateMillis;
  }

  /**
   * Returns what an epoch must read.
   *
   * @param dropsLate whether the first operator gets no late events
   */
  static OracleEpoch of(EpochPlan plan, GeneratedInput input, boolean dropsLate) {
    long lateMillis = dropsLate ? plan.times().lateWatermark().millis() : Long.MIN_VALUE;
    OracleEpoch epoch = new OracleEpoch(input, lateMillis);
    for (int source = 0; source < input.branches().size(); source++) {
      Branch branch = input.branches().get(source);
      List<Long> seen = new ArrayList<>();
      for (OffsetRange range : plan.ranges()) {
        if (input.sourceOf(range) == source) {
          input.events(range).forEach(event -> epoch.read(event, branch, seen));
        }
      }
      if (branch.watermark() != null) {
        epoch.times.add(seen);
      }
    }
    return epoch;
  }

  /** Reads an event; if a stage throws, it has had no effect but on the watermark. */
  private void read(Event event, Branch branch, List<Long> seen) {
    int eventsBefore = events.size();
    long droppedBefore = dropped;
    long lateBefore = late;
    try {
      // In two steps: the stages after the union count as well meanwhile.
      long droppedHere = branch.stages().take(event, made -> atWatermark(made, branch, seen));
      dropped += droppedHere;
    } catch (Thrown e) {
      events.subList(eventsBefore, events.size()).clear();
      dropped = droppedBefore;
      late = lateBefore;
      deadLetters.add(event);
    }
  }

  private void atWatermark(Event event, Branch branch, List<Long> seen) {
    Long time = branch.watermark() == null ? null : Long.valueOf(event.time());
    if (time != null) {
      seen.add(time);
    }
    dropped += input.stages().take(event, made -> atOperator(made, time));
  }

  private void atOperator(Event event, @Nullable Long time) {
    if (time != null && time < lateMillis) {
      late++;
    } else {
      events.add(new OracleEvent<>(event, time));
    }
  }

  /** Returns the events for the first operator, in order. */
  List<OracleEvent<Event>> events() {
    return events;
  }

  /** Returns the events that a stage has thrown for. */
  List<Event> deadLetters() {
    return deadLetters;
  }

  /** Returns the event times that each source's watermark saw. */
  List<List<Long>> times() {
    return times;
  }

  /** Returns the number of events that the stages have dropped. */
  long dropped() {
    return dropped;
  }

  /** Returns the number of late events. */
  long late() {
    return late;
  }
}
