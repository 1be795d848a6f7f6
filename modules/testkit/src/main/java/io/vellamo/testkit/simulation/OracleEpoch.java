package io.vellamo.testkit.simulation;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Thrown;
import io.vellamo.testkit.simulation.GeneratedInput.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A computation of what an epoch must read. */
final class OracleEpoch {
  private final GeneratedInput input;
  private final OracleChain chain;
  private final long lateMillis;
  private final List<OracleEvent<Event>> unchecked = new ArrayList<>();
  private final List<OracleEvent<Event>> events = new ArrayList<>();
  private final List<Event> deadLetters = new ArrayList<>();
  private final List<Map<String, List<Long>>> times = new ArrayList<>();
  private long dropped;
  private long late;

  private OracleEpoch(GeneratedInput input, OracleChain chain, long lateMillis) {
    this.input = input;
    this.chain = chain;
    this.lateMillis = lateMillis;
  }

  /** Returns what an epoch must read. */
  static OracleEpoch of(EpochPlan plan, GeneratedInput input, OracleChain chain) {
    OracleEpoch epoch = new OracleEpoch(input, chain, plan.times().lateWatermark().millis());
    for (int source = 0; source < input.branches().size(); source++) {
      Branch branch = input.branches().get(source);
      Map<String, List<Long>> seen = new TreeMap<>();
      for (OffsetRange range : plan.ranges()) {
        if (input.sourceOf(range) == source) {
          List<Long> here = seen.computeIfAbsent(range.partition().name(), of -> new ArrayList<>());
          input.events(range).forEach(event -> epoch.read(event, branch, here));
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
    int uncheckedBefore = unchecked.size();
    int eventsBefore = events.size();
    long droppedBefore = dropped;
    long lateBefore = late;
    try {
      // In two steps: the stages after the union count as well meanwhile.
      long droppedHere = branch.stages().take(event, made -> atWatermark(made, branch, seen));
      dropped += droppedHere;
    } catch (Thrown e) {
      unchecked.subList(uncheckedBefore, unchecked.size()).clear();
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
    if (input.isFirstDistinct() && branch.equals(input.branches().get(0))) {
      add(event, time, time != null && time < lateMillis, unchecked);
      return;
    }
    dropped +=
        input
            .stages()
            .take(
                event,
                made ->
                    add(made, time, time != null && chain.isLate(made, time, lateMillis), events));
  }

  private void add(Event event, @Nullable Long time, boolean isLate, List<OracleEvent<Event>> to) {
    if (isLate) {
      late++;
    } else {
      to.add(new OracleEvent<>(event, time));
    }
  }

  /** Returns the events that are checked for duplicates before the union, in order. */
  List<OracleEvent<Event>> unchecked() {
    return unchecked;
  }

  /** Returns the other events after the union, in order. */
  List<OracleEvent<Event>> events() {
    return events;
  }

  /** Returns the events that a stage has thrown for. */
  List<Event> deadLetters() {
    return deadLetters;
  }

  /** Returns the event times that each source's watermark saw, by partition. */
  List<Map<String, List<Long>>> times() {
    return times;
  }

  /** Returns the number of events that were read and are not late, or were dropped by a stage. */
  long processed() {
    return (long) unchecked.size() + events.size() + dropped;
  }

  /** Returns the number of late events. */
  long late() {
    return late;
  }
}
