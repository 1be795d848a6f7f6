package io.vellamo.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that has the event time of the event that it is.
 *
 * @param row the row
 * @param eventTime its event time; null if it has none
 */
public record TimedRow(Object row, @Nullable Instant eventTime) {
  /** Returns a row with its event time, if it has one. */
  public static TimedRow of(Object row) {
    return row instanceof TimedRow timed ? timed : new TimedRow(row, null);
  }

  @Override
  public String toString() {
    return "TimedRow[" + row.getClass().getName() + ", " + eventTime + "]";
  }
}
