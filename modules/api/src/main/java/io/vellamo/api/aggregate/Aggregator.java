package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A function that reduces the events of a group to one result, through an intermediate buffer. The
 * equivalent in Spark is the typed {@code Aggregator}, in Flink {@code AggregateFunction}.
 *
 * <pre>{@code
 * final class Longest implements Aggregator<String, Integer, Integer> {
 *   public Integer zero() { return 0; }
 *   public Integer reduce(Integer longest, String word) { return Math.max(longest, word.length()); }
 *   public Integer merge(Integer left, Integer right) { return Math.max(left, right); }
 *   public Integer finish(Integer longest) { return longest; }
 *   public StateType<Integer> bufferType() { return StateType.of(Integer.class); }
 * }
 * }</pre>
 *
 * <p><b>Order</b> The buffers of parts of a group's events are merged in any grouping, but earlier
 * parts are on the left. {@link #isOrderSensitive} tells whether the order matters.
 *
 * <p><b>Threading</b> One instance serves all groups at once: it must be stateless.
 *
 * <p><b>Failure</b> An exception fails the query or, depending on the error policy, parks the group
 * or makes the event a dead letter.
 *
 * @param <IN> the events
 * @param <BUF> the buffers; mutable ones are allowed
 * @param <OUT> the results
 * @since 0.1
 */
public interface Aggregator<IN, BUF, OUT extends @Nullable Object> {
  /**
   * Returns the buffer of no events: a new one if buffers are mutable.
   *
   * @return a buffer that leaves every other buffer unchanged when merged with it
   */
  BUF zero();

  /**
   * Adds an event to a buffer.
   *
   * @param buffer the buffer of the events so far; may be changed and returned
   * @param event the event
   * @return the buffer with the event; not null
   */
  BUF reduce(BUF buffer, IN event);

  /**
   * Merges two buffers.
   *
   * @param left the buffer of earlier events; may be changed and returned
   * @param right the buffer of later events; must neither be changed nor, if it is mutable,
   *     returned
   * @return the buffer of the events of both; not null
   */
  BUF merge(BUF left, BUF right);

  /**
   * Returns the result of a buffer, which must not be changed: more events may follow.
   *
   * @param buffer the buffer of the events so far
   * @return the result; null if the events have none, as a mean of no values
   */
  OUT finish(BUF buffer);

  /**
   * Returns the type by which buffers are stored.
   *
   * @return the type; with a codec or migrations if needed
   */
  StateType<BUF> bufferType();

  /**
   * Returns whether the result depends on the order of events, as that of the first event does.
   * Events of such an aggregate are not reduced before they reach their group.
   *
   * @return false by default
   */
  default boolean isOrderSensitive() {
    return false;
  }

  /**
   * Returns whether {@link #deduct} is supported. It then gives exactly the buffer of the remaining
   * events, without rounding, so that overlapping windows can share their work.
   *
   * @return false by default
   */
  default boolean isDeductible() {
    return false;
  }

  /**
   * Removes a buffer that has been merged into another; the inverse of {@link #merge}. Called only
   * if {@link #isDeductible}.
   *
   * @param buffer the buffer of all events; may be changed and returned
   * @param removed the buffer of the events to remove; must not be changed
   * @return the buffer of the remaining events; not null
   * @throws UnsupportedOperationException by default
   */
  default BUF deduct(BUF buffer, BUF removed) {
    throw new UnsupportedOperationException(
        "deduct must be implemented by [%s], whose isDeductible returns [%s]; implement both or neither"
            .formatted(getClass().getName(), isDeductible()));
  }
}
