package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;

/**
 * W2's state of a key.
 *
 * @param count how many events there were
 * @param since how many since the last alert
 * @param last the last event's value
 */
public record AlertState(long count, long since, int last) implements KeyState {
  /** No event yet. */
  public static final AlertState NONE = new AlertState(0, 0, 0);

  private static final int HIGH = 900;
  private static final int FEWEST_BETWEEN = 5;

  /** Returns whether an event raises an alert: it is high, the one before was not, in time. */
  public boolean isRaisedBy(int value) {
    return last < HIGH && value >= HIGH && since + 1 >= FEWEST_BETWEEN;
  }

  /** Returns the state after an event. */
  public AlertState after(int value) {
    return new AlertState(count + 1, isRaisedBy(value) ? 0 : since + 1, value);
  }

  /** Returns the row of an event that raised an alert, if this is the state after it. */
  public Row row(Event event) {
    return new Row(event.key(), event.seq(), count, event.value(), event.timeMillis());
  }

  @Override
  public void writeTo(ByteBuffer buffer) {
    buffer.putLong(count).putLong(since).putInt(last);
  }
}
