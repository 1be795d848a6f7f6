package io.vellamo.testkit.simulation;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.GeneratedOperators.Initial;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import io.vellamo.testkit.simulation.OracleVariables.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A processor of groups with variables and timers.
 *
 * @param processor the processor
 * @param initial its initial rows
 */
record OracleProcessor(GeneratedProcessor processor, Initial initial)
    implements OracleCalls<Event, OracleVariables> {
  /** A timer that is due. */
  private record Due(TimerName name, Object tag, Cell cell) {}

  /** At equal times, event-time timers precede the others; ties keep the order of the first set. */
  private static final List<TimerName> TIMERS =
      List.of(GeneratedProcessor.EVENT_TIMER, GeneratedProcessor.PROCESSING_TIMER);

  @Override
  public OracleVariables empty() {
    return new OracleVariables();
  }

  @Override
  public Map<Integer, OracleVariables> initial(EpochTimes times, List<OracleEvent<Row>> rows) {
    Map<Integer, OracleVariables> all = new TreeMap<>();
    initial
        .rows()
        .forEach(
            row ->
                processor.onInitialRow(
                    row.key(),
                    row.value(),
                    new OracleContext<>(
                        all.computeIfAbsent(row.key(), none -> empty()), times, null, rows)));
    return all;
  }

  @Override
  public boolean callsInitialWithoutEvents() {
    return false;
  }

  @Override
  public OracleVariables onEvents(
      int key,
      OracleVariables before,
      List<OracleEvent<Event>> events,
      EpochTimes times,
      List<OracleEvent<Row>> rows) {
    OracleVariables after = before.copy();
    OracleEvents<Event> each = new OracleEvents<>(events);
    processor.onEvents(key, each, new OracleContext<>(after, times, each, rows));
    return after;
  }

  @Override
  public boolean isDue(OracleVariables contents, EpochTimes times) {
    return !due(contents, times).isEmpty();
  }

  @Override
  public boolean isDueAfterEvents() {
    return true;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "ReferenceEquality"
  }) // a timer's key is its tag; set again to the same time, it does not fire either
  public OracleVariables onDue(
      int key, OracleVariables before, EpochTimes times, List<OracleEvent<Row>> rows) {
    OracleVariables after = before.copy();
    for (Due due : due(after, times)) {
      Map<Object, Cell> timers = after.map(due.name.name());
      if (timers.get(due.tag) == due.cell) {
        timers.remove(due.tag);
        Timer timer =
            new Timer(due.name, (Optional<String>) due.tag, Instant.ofEpochMilli(due.cell.due()));
        processor.onTimer(key, timer, new OracleContext<>(after, times, null, rows));
      }
    }
    return after;
  }

  private static List<Due> due(OracleVariables contents, EpochTimes times) {
    List<Due> due = new ArrayList<>();
    for (TimerName name : TIMERS) {
      long now =
          name instanceof EventTimer ? times.watermark().millis() : times.processingTimeMillis();
      contents
          .map(name.name())
          .forEach(
              (tag, cell) -> {
                if (cell.isDue(now)) {
                  due.add(new Due(name, tag, cell));
                }
              });
    }
    // The sort is stable.
    due.sort(Comparator.comparingLong(each -> each.cell.due()));
    return due;
  }

  @Override
  public @Nullable Long dueMillis(OracleVariables contents) {
    return contents.map(GeneratedProcessor.PROCESSING_TIMER.name()).values().stream()
        .map(Cell::due)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public @Nullable Kept kept(OracleVariables contents, EpochTimes times, Watermark called) {
    OracleVariables visible = contents.copy();
    visible.expire(times);
    Map<String, List<String>> text = visible.contents();
    return text.isEmpty() ? null : new Kept(text, null);
  }
}
