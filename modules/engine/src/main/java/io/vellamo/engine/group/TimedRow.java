package io.vellamo.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is passed on as a row, with its event time.
 *
 * @param row the row
 * @param eventTime its event time; null if it has none
 */
public record TimedRow(Object row, @Nullable Instant eventTime) {
  /** Returns a row with its event time, which is null unless the row is a {@link TimedRow}. */
  public static TimedRow of(Object row) {
    return row instanceof TimedRow timed ? timed : new TimedRow(row, null);
  }

  @Override
  public String toString() {
    return "TimedRow[" + row.getClass().getName() + ", " + eventTime + "]";
  }
}
