package io.vellamo.samples.run;

import io.vellamo.api.query.EventCounts;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The counts and the duration of a run.
 *
 * @param total the counts of the events of all runs so far; null if this run had no epoch and the
 *     preceding one was killed between its last commit and its end
 * @param newEvents the number of events that this run read
 * @param took the time from the start of the query to its end
 */
public record RunReport(@Nullable EventCounts total, long newEvents, Duration took) {
  private static final String UNKNOWN = "not known, the run before was killed at its very end";

  /** Returns whether this run read no events. */
  public boolean isNothingNew() {
    return newEvents == 0;
  }

  /** Adds the counts of the events to a table. */
  public void addEventsTo(Table table) {
    EventCounts known = total;
    if (known == null) {
      table.row("events", UNKNOWN);
      return;
    }
    table
        .row("events", known.input())
        .row("late", known.late())
        .row("dead-lettered", known.deadLettered());
  }

  /** Adds this run's speed to a table. */
  public void addSpeedTo(Table table) {
    double seconds = took.toMillis() / 1000.0;
    table.row("seconds", String.format(Locale.ROOT, "%.1f", seconds));
    if (!isNothingNew()) {
      table.row("events a second", Math.round(newEvents / Math.max(seconds, 0.001)));
    }
  }
}
