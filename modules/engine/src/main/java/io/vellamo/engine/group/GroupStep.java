package io.vellamo.engine.group;

import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function for one group, as a function from the group's previous entry to
 * its change.
 *
 * <p><b>Threading</b> Safe to share; a group is stepped by one thread at a time.
 *
 * <p>A row is serialized when it is taken from the function's iterator, and is emitted in that
 * form: the function may modify the object afterwards, for instance to emit it again.
 *
 * <p><b>Failure</b> Everything that the user's function or a codec throws is rethrown, and no
 * change is kept.
 *
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states
 * @param <U> the rows
 */
public final class GroupStep<K extends @Nullable Object, V, S, U> {
  private final GroupOperator<K, V, S, U> operator;

  /** Creates the step of an operator. */
  public GroupStep(GroupOperator<K, V, S, U> operator) {
    this.operator = operator;
  }

  /**
   * Calls the function with a group's events.
   *
   * @param batch the group's events, which the function reads
   * @param before the group's entry
   * @param live the deserialized state of {@code before}, as the preceding step returned it; may be
   *     null
   * @param times the epoch's clocks
   */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the pipeline has the operator's types; K may be null
  public StepOutcome onEvents(
      GroupBatch<?> batch, GroupEntry before, @Nullable Object live, EpochTimes times)
      throws Exception {
    StepState<S> state = new StepState<>(operator, before, (S) live, times, false);
    return call(batch.key(), (K) batch.userKey(), (Iterator<V>) batch, state);
  }

  /**
   * Calls the function for the group's timeout, which has passed.
   *
   * @param key the group
   * @param before the group's entry
   * @param live as for {@link #onEvents}
   * @param times the epoch's clocks
   */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the codec that wrote the key reads K, which may be null
  public StepOutcome onTimeout(
      GroupKey key, GroupEntry before, @Nullable Object live, EpochTimes times) throws Exception {
    StepState<S> state = new StepState<>(operator, before, (S) live, times, true);
    K userKey = (K) operator.keyCodec().read(key);
    return call(key, userKey, Collections.emptyIterator(), state);
  }

  @SuppressWarnings("NullAway") // K may be null
  private StepOutcome call(GroupKey key, K userKey, Iterator<V> events, StepState<S> state)
      throws Exception {
    Iterator<U> emitted = operator.function().call(userKey, events, state);
    if (emitted == null) {
      throw new NullPointerException(
          "the function's result must not be null; return an empty iterator for no rows");
    }
    List<Object> rows = List.of();
    List<StoredValue> stored = List.of();
    while (emitted.hasNext()) {
      U row = emitted.next();
      if (row == null) {
        throw new NullPointerException("a row must not be null");
      }
      if (rows.isEmpty()) {
        rows = new ArrayList<>();
        stored = new ArrayList<>();
      }
      if (row instanceof TimedRow timed) {
        StoredValue written = operator.rowCodec().write(timed.row());
        stored.add(written.at(timed.eventTime()));
        Object asWritten = operator.rowCodec().asWritten(timed.row(), written);
        rows.add(new TimedRow(asWritten, timed.eventTime()));
      } else {
        StoredValue written = operator.rowCodec().write(row);
        stored.add(written);
        rows.add(operator.rowCodec().asWritten(row, written));
      }
    }
    GroupChange change = state.change(key, stored);
    state.close();
    return new StepOutcome(change, rows, state.live());
  }
}
