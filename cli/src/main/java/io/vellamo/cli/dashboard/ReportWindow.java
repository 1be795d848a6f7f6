package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;

/**
 * The last reports of a query, from which rates are computed as the dashboard's page does.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class ReportWindow {
  private static final int REPORTS = 20;

  /** Below this, the time between two epochs says little about a rate. */
  private static final Duration LEAST = Duration.ofMillis(50);

  private final Deque<JsonNode> reports = new ArrayDeque<>();

  /** Adds a report if it is newer than the last one. That of a new run replaces all others. */
  void add(JsonNode report) {
    if (!report.path("runId").equals(last().path("runId"))) {
      reports.clear();
    } else if (report.path("epoch").asLong() <= last().path("epoch").asLong()) {
      return;
    }
    reports.addLast(report);
    if (reports.size() > REPORTS) {
      reports.removeFirst();
    }
  }

  /** Returns the last report; a missing node if there is none. */
  JsonNode last() {
    return reports.isEmpty() ? MissingNode.getInstance() : reports.getLast();
  }

  /** Returns the number of events per second that are counted by a total such as {@code late}. */
  double eventsPerSecond(String counted) {
    if (reports.isEmpty()) {
      return 0;
    }
    JsonNode first = reports.getFirst();
    JsonNode last = reports.getLast();
    Duration elapsed = Units.between(first.path("timestamp"), last.path("timestamp"));
    if (elapsed.compareTo(LEAST) < 0) {
      return last.path("events").path(counted).asDouble()
          / seconds(Units.duration(last.path("duration")));
    }
    long events =
        last.path("total").path(counted).asLong() - first.path("total").path(counted).asLong();
    return events / seconds(elapsed);
  }

  /** Returns the number of rows per second. */
  double rowsPerSecond() {
    long input = sum(report -> report.path("events").path("input").asLong());
    long rows = sum(report -> report.path("rows").asLong());
    return input > 0
        ? eventsPerSecond("input") * rows / input
        : last().path("rows").asDouble() / seconds(Units.duration(last().path("duration")));
  }

  private long sum(ToLongFunction<JsonNode> figure) {
    return reports.stream().mapToLong(figure).sum();
  }

  private static double seconds(Duration duration) {
    return Math.max(duration.toNanos(), 1_000_000) / 1e9;
  }
}
