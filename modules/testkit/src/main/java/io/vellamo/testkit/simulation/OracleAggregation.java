package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.GeneratedAggregation.Kind;
import io.vellamo.testkit.simulation.OracleAggregation.Open;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation as simple as it can be: a group keeps the numbers of its events with their times,
 * and each window is looked for among all of them.
 *
 * @param aggregation the aggregation
 * @param <V> the events
 */
record OracleAggregation<V>(GeneratedAggregation<V> aggregation) implements OracleCalls<V, Open> {
  /**
   * An event of a group, whose numbers count.
   *
   * @param time its event time; the start of its session
   * @param end the end of its session
   */
  record Counted(long number, long time, long end) {}

  /**
   * The contents of a group.
   *
   * @param exists whether it has been called
   * @param counted the events of open windows, in the order of their arrival
   */
  record Open(boolean exists, List<Counted> counted) {
    Open {
      counted = List.copyOf(counted);
    }
  }

  @Override
  public Open empty() {
    return new Open(false, List.of());
  }

  @Override
  public Map<Integer, Open> initial(EpochTimes times, List<OracleEvent<Row>> rows) {
    boolean hasRowAtOnce = !aggregation.hasWindows() && aggregation.isGlobal();
    return hasRowAtOnce ? Map.of(0, new Open(true, List.of())) : Map.of();
  }

  @Override
  public boolean callsInitialWithoutEvents() {
    return true;
  }

  /**
   * Returns whether an event is late.
   *
   * @param lateMillis the watermark of the preceding epoch
   */
  boolean isLate(V event, long time, long lateMillis) {
    return switch (aggregation.kind()) {
      case NONE -> false;
      case SESSION -> {
        long gap = aggregation.gapMillis(event);
        yield gap > 0 && time + gap < lateMillis;
      }
      default -> !aggregation.isComplete() && lastEnd(time) <= lateMillis;
    };
  }

  @Override
  public Open onEvents(
      int key,
      Open before,
      List<OracleEvent<V>> events,
      EpochTimes times,
      List<OracleEvent<Row>> rows) {
    List<Counted> all = new ArrayList<>(before.counted);
    for (OracleEvent<V> event : events) {
      // Also for an event without a window, which the function may throw for.
      Long time = event.time();
      if (!aggregation.hasWindows()) {
        all.add(new Counted(number(event.value()), 0, 0));
      } else if (time != null && aggregation.kind() != Kind.SESSION) {
        all.add(new Counted(number(event.value()), time, time));
      } else if (time != null && aggregation.gapMillis(event.value()) > 0) {
        long end = time + aggregation.gapMillis(event.value());
        all.add(new Counted(number(event.value()), time, end));
      }
    }
    if (!aggregation.hasWindows()) {
      rows.add(new OracleEvent<>(row(key, null, all), null));
    } else if (aggregation.isComplete()) {
      // The rows of the whole result are those that have changed, and others.
      if (all.size() > before.counted.size()) {
        rows.add(new OracleEvent<>(row(key, null, all), null));
      }
    } else if (aggregation.mode() == OutputMode.UPDATE) {
      updated(key, all, all.subList(before.counted.size(), all.size()), times, rows);
    }
    return new Open(true, all);
  }

  @Override
  public List<Row> result(int key, Open contents) {
    if (!aggregation.isComplete()) {
      return List.of();
    }
    if (!aggregation.hasWindows()) {
      return contents.exists ? List.of(row(key, null, contents.counted)) : List.of();
    }
    List<Row> rows = new ArrayList<>();
    if (aggregation.kind() == Kind.SESSION) {
      sessions(contents.counted).forEach((window, in) -> rows.add(row(key, window, in)));
    } else {
      windows(contents.counted)
          .forEach(window -> rows.add(row(key, window, in(window, contents.counted))));
    }
    return rows;
  }

  private long number(V event) {
    return aggregation.numbers().number().applyAsLong(event);
  }

  private Row row(int key, @Nullable Window window, List<Counted> counted) {
    GeneratedNumbers.Buffer numbers =
        new GeneratedNumbers.Buffer(counted.stream().map(Counted::number).toList());
    return aggregation.row(key, window, counted.size(), aggregation.numbers().finish(numbers));
  }

  private void updated(
      int key,
      List<Counted> all,
      List<Counted> added,
      EpochTimes times,
      List<OracleEvent<Row>> rows) {
    for (Window window : windows(added)) {
      if (millis(window.end()) > times.lateWatermark().millis()) {
        rows.add(new OracleEvent<>(row(key, window, in(window, all)), null));
      }
    }
  }

  /** Returns the windows that have an event, in order. */
  private List<Window> windows(List<Counted> counted) {
    TreeSet<Window> windows = new TreeSet<>(Comparator.comparing(Window::start));
    for (Counted each : counted) {
      long first = lastStart(each.time - aggregation.widthMillis()) + aggregation.slideMillis();
      for (long start = first; start <= each.time; start += aggregation.slideMillis()) {
        windows.add(window(start, start + aggregation.widthMillis()));
      }
    }
    return List.copyOf(windows);
  }

  private long lastStart(long time) {
    return time - Math.floorMod(time - aggregation.offsetMillis(), aggregation.slideMillis());
  }

  private long lastEnd(long time) {
    return lastStart(time) + aggregation.widthMillis();
  }

  private static Window window(long start, long end) {
    return new Window(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }

  private static List<Counted> in(Window window, List<Counted> all) {
    return all.stream()
        .filter(each -> millis(window.start()) <= each.time && each.time < millis(window.end()))
        .toList();
  }

  /** Returns the sessions with their events: those that touch each other are one. */
  private static Map<Window, List<Counted>> sessions(List<Counted> all) {
    List<Counted> byStart = new ArrayList<>(all);
    byStart.sort(Comparator.comparingLong(Counted::time));
    Map<Window, List<Counted>> sessions = new TreeMap<>(Comparator.comparing(Window::start));
    List<Counted> session = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (Counted each : byStart) {
      if (!session.isEmpty() && each.time > end) {
        sessions.put(window(session.get(0).time, end), List.copyOf(session));
        session.clear();
      }
      end = session.isEmpty() ? each.end : Math.max(end, each.end);
      session.add(each);
    }
    if (!session.isEmpty()) {
      sessions.put(window(session.get(0).time, end), session);
    }
    return sessions;
  }

  @Override
  public boolean isDue(Open contents, EpochTimes times) {
    Long due = timer(contents, times.lateWatermark().millis());
    return due != null && due <= times.watermark().millis();
  }

  /**
   * Returns when a group must be called; null if it has nothing open.
   *
   * @param closed the watermark until which windows have been emitted
   */
  private @Nullable Long timer(Open contents, long closed) {
    if (aggregation.isComplete()) {
      return null;
    }
    if (aggregation.kind() == Kind.SESSION) {
      return sessions(contents.counted).keySet().stream()
          .map(session -> millis(session.end()) + 1)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
    if (!aggregation.hasWindows()) {
      return null;
    }
    if (aggregation.mode() == OutputMode.UPDATE) {
      return contents.counted.stream()
          .map(each -> lastEnd(each.time))
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
    return windows(contents.counted).stream()
        .map(window -> millis(window.end()))
        .filter(end -> end > closed)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public boolean isDueAfterEvents() {
    return true;
  }

  @Override
  public Open onDue(int key, Open before, EpochTimes times, List<OracleEvent<Row>> rows) {
    long watermark = times.watermark().millis();
    List<Counted> open = new ArrayList<>(before.counted);
    if (aggregation.kind() == Kind.SESSION) {
      sessions(before.counted)
          .forEach(
              (session, counted) -> {
                if (millis(session.end()) < watermark) {
                  rows.add(new OracleEvent<>(row(key, session, counted), millis(session.end())));
                  open.removeAll(counted);
                }
              });
      return new Open(true, open);
    }
    if (aggregation.mode() == OutputMode.APPEND) {
      for (Window window : windows(before.counted)) {
        long end = millis(window.end());
        if (end > times.lateWatermark().millis() && end <= watermark) {
          rows.add(new OracleEvent<>(row(key, window, in(window, before.counted)), end - 1));
        }
      }
    }
    open.removeIf(each -> lastEnd(each.time) <= watermark);
    return new Open(true, open);
  }

  @Override
  public @Nullable Long dueMillis(Open contents) {
    return null;
  }

  @Override
  public @Nullable Kept kept(Open contents, EpochTimes times, Watermark called) {
    if (!aggregation.hasWindows()) {
      return contents.exists ? new Kept(buffers(contents.counted), null) : null;
    }
    if (contents.counted.isEmpty()) {
      return null;
    }
    Long timer = timer(contents, called.millis());
    if (aggregation.keepsOneValue()) {
      List<Object> all = new ArrayList<>();
      slices(contents.counted).forEach((start, counted) -> all.add(start + "=" + buffers(counted)));
      // A timeout fires once the watermark has passed it, a window ends at its end.
      return new Kept(all, timer == null ? null : timer - 1);
    }
    Map<String, List<String>> text = new TreeMap<>();
    String variable = aggregation.variable();
    if (aggregation.kind() == Kind.SESSION) {
      sessions(contents.counted)
          .forEach(
              (session, counted) -> {
                List<Object> entry = new ArrayList<>(List.of(millis(session.end())));
                entry.addAll(buffers(counted));
                long start = millis(session.start());
                OracleVariables.add(text, variable, start, entry, Long.MAX_VALUE);
              });
    } else {
      slices(contents.counted)
          .forEach(
              (start, counted) ->
                  OracleVariables.add(text, variable, start, buffers(counted), Long.MAX_VALUE));
    }
    if (!aggregation.isComplete()) {
      String name = AggregationCode.END.name();
      OracleVariables.add(
          text, name, Optional.empty(), Optional.empty(), timer == null ? Long.MAX_VALUE : timer);
    }
    text.values().forEach(entries -> entries.sort(null));
    return new Kept(text, null);
  }

  /** Returns the contents of the buffers of some events. */
  private static List<Object> buffers(List<Counted> counted) {
    List<Long> numbers = counted.stream().map(Counted::number).toList();
    return List.of((long) counted.size(), new GeneratedNumbers.Buffer(numbers));
  }

  private Map<Long, List<Counted>> slices(List<Counted> all) {
    long slice = aggregation.sliceMillis();
    Map<Long, List<Counted>> slices = new TreeMap<>();
    for (Counted each : all) {
      long start = each.time - Math.floorMod(each.time - aggregation.offsetMillis(), slice);
      slices.computeIfAbsent(start, none -> new ArrayList<>()).add(each);
    }
    return slices;
  }

  @Override
  public @Nullable Object journalKey(int key) {
    return aggregation.journalKey(key);
  }

  @Override
  public boolean isOrdered() {
    return false;
  }
}
