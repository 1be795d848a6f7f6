package io.vellamo.engine.group;

/**
 * A row that has the event time of the event that it is.
 *
 * @param row the row
 * @param eventTimeMillis its event time, or {@link GroupBatch#NO_EVENT_TIME}
 */
public record TimedRow(Object row, long eventTimeMillis) {
  /** Returns a row with its event time, if it has one. */
  public static TimedRow of(Object row) {
    return row instanceof TimedRow timed ? timed : new TimedRow(row, GroupBatch.NO_EVENT_TIME);
  }

  @Override
  public String toString() {
    return "TimedRow[" + row.getClass().getName() + ", " + eventTimeMillis + "]";
  }
}
