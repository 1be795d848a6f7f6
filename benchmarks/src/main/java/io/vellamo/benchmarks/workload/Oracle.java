package io.vellamo.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An independent computation of a workload's rows from its sorted input, without a stream, a state
 * or a watermark, so that it doesn't share mistakes with the engines that it checks.
 */
final class Oracle {
  private static final long GAP = 30 * 60_000;
  private static final long WINDOW = 5 * 60_000;

  private Checksum rows = Checksum.NONE;

  private Oracle() {}

  /** Returns the checksum of a workload's rows on a data set. */
  static Checksum of(Workload workload, DataSet data, Path root) throws IOException {
    return workload.input() == Workload.Input.DATA_SET
        ? ofDataSet(workload, data, root)
        : GeneratedOracle.of(workload, data.events());
  }

  private static Checksum ofDataSet(Workload workload, DataSet data, Path root) throws IOException {
    List<Event> events = new ArrayList<>(data.events());
    try (MergedReader reader = MergedReader.open(data, root)) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
    }
    Oracle oracle = new Oracle();
    Comparator<Event> byKey = Comparator.comparingLong(Event::key);
    switch (workload) {
      case W1 -> {
        events.sort(byKey.thenComparingLong(Event::timeMillis));
        oracle.sessions(events);
      }
      case W2 -> {
        events.sort(byKey.thenComparingInt(Event::seq));
        oracle.alerts(events);
      }
      case W3 -> {
        events.sort(byKey.thenComparingLong(Event::timeMillis));
        oracle.windows(events);
      }
      case W4 -> {
        events.sort(byKey.thenComparingLong(Event::timeMillis));
        oracle.longWindows(events);
      }
      case Q5, Q7, Q8, Q11, Q12, YSB -> throw new AssertionError("has no data set: " + workload);
    }
    return oracle.rows;
  }

  private void sessions(List<Event> events) {
    int first = 0;
    long sum = 0;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      sum += event.value();
      boolean last = i + 1 == events.size();
      if (last
          || events.get(i + 1).key() != event.key()
          || events.get(i + 1).timeMillis() - event.timeMillis() > GAP) {
        long start = events.get(first).timeMillis();
        emit(new Row(event.key(), start, event.timeMillis(), i + 1 - first, sum));
        first = i + 1;
        sum = 0;
      }
    }
  }

  private void alerts(List<Event> events) {
    long count = 0;
    long since = 0;
    int before = 0;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (i == 0 || events.get(i - 1).key() != event.key()) {
        count = 0;
        since = 0;
        before = 0;
      }
      count++;
      since++;
      if (before < 900 && event.value() >= 900 && since >= 5) {
        emit(new Row(event.key(), event.seq(), count, event.value(), event.timeMillis()));
        since = 0;
      }
      before = event.value();
    }
  }

  private void windows(List<Event> events) {
    long count = 0;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      long window = event.timeMillis() - event.timeMillis() % WINDOW;
      count++;
      boolean last = i + 1 == events.size();
      if (last
          || events.get(i + 1).key() != event.key()
          || events.get(i + 1).timeMillis() >= window + WINDOW) {
        emit(new Row(event.key(), window, count, 0, 0));
        count = 0;
      }
    }
  }

  /** Counts by brute force: the events of a key, then each of its windows. */
  private void longWindows(List<Event> events) {
    int first = 0;
    for (int i = 0; i < events.size(); i++) {
      if (i + 1 == events.size() || events.get(i + 1).key() != events.get(first).key()) {
        longWindowsOfKey(events.subList(first, i + 1));
        first = i + 1;
      }
    }
  }

  private void longWindowsOfKey(List<Event> events) {
    long length = Workload.LONG_WINDOW.toMillis();
    long earliest = events.get(0).timeMillis();
    long latest = events.get(events.size() - 1).timeMillis();
    for (long start = (earliest - length) / WINDOW * WINDOW; start <= latest; start += WINDOW) {
      long window = start;
      long count =
          events.stream()
              .filter(event -> window <= event.timeMillis() && event.timeMillis() < window + length)
              .count();
      if (count > 0) {
        emit(new Row(events.get(0).key(), window, count, 0, 0));
      }
    }
  }

  private void emit(Row row) {
    rows = rows.plus(row);
  }
}
