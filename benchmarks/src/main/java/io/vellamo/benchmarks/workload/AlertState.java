package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;

/**
 * W2's state of a key.
 *
 * @param count the number of events so far
 * @param since the number of events since the last alert
 * @param last the value of the last event
 */
public record AlertState(long count, long since, int last) implements KeyState {
  /** No event yet. */
  public static final AlertState NONE = new AlertState(0, 0, 0);

  private static final int HIGH = 900;
  private static final int FEWEST_BETWEEN = 5;

  /**
   * Returns whether an event raises an alert: it is high, the preceding one is not, and it is at
   * least the fifth since the last alert or the beginning.
   */
  public boolean isRaisedBy(int value) {
    return last < HIGH && value >= HIGH && since + 1 >= FEWEST_BETWEEN;
  }

  /** Returns the state after an event. */
  public AlertState after(int value) {
    return new AlertState(count + 1, isRaisedBy(value) ? 0 : since + 1, value);
  }

  /** Returns the row of an event that raised an alert; this must be the state after that event. */
  public Row row(Event event) {
    return new Row(event.key(), event.seq(), count, event.value(), event.timeMillis());
  }

  @Override
  public void writeTo(ByteBuffer buffer) {
    buffer.putLong(count).putLong(since).putInt(last);
  }
}
