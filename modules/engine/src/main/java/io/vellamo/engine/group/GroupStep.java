package io.vellamo.engine.group;

import io.vellamo.engine.time.EpochTimes;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operator for one group, as a function from the group's previous entry to its
 * change.
 *
 * <p><b>Threading</b> Safe to share; a group is stepped by one thread at a time.
 *
 * <p><b>Failure</b> Everything that the operator or a codec throws is rethrown, and no change is
 * kept.
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
   * Calls the operator with a group's events.
   *
   * @param batch the group's events, which the operator reads
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
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    operator.calls().onEvents((K) batch.userKey(), (GroupBatch<V>) batch, state, rows);
    return outcome(batch.key(), state, rows);
  }

  /**
   * Calls the operator for the group's timeout, which has passed.
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
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    operator.calls().onTimeout(userKey, state, rows);
    return outcome(key, state, rows);
  }

  private static StepOutcome outcome(GroupKey key, StepState<?> state, RowBuffer<?> rows) {
    GroupChange change = state.change(key, rows.stored());
    state.close();
    return new StepOutcome(change, rows.rows(), state.live());
  }
}
