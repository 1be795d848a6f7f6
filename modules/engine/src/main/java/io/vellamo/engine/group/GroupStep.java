package io.vellamo.engine.group;

import io.vellamo.engine.time.EpochTimes;
import java.util.List;
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
  public StepOutcome onEvents(
      GroupBatch<?> batch, GroupEntry before, @Nullable Object live, EpochTimes times)
      throws Exception {
    return onEvents(batch, before, live, times, true);
  }

  /**
   * Calls the operator with some of a group's events.
   *
   * @param completes whether no calls with events follow
   */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the pipeline has the operator's types; K may be null
  StepOutcome onEvents(
      GroupBatch<?> batch,
      GroupEntry before,
      @Nullable Object live,
      EpochTimes times,
      boolean completes)
      throws Exception {
    StepState<S> state = new StepState<>(operator, before, (S) live, times, batch, false);
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    operator.calls().onEvents((K) batch.userKey(), (GroupBatch<V>) batch, state, rows);
    if (completes && operator.calls().isCompletedAfterEvents()) {
      operator.calls().afterEvents((K) batch.userKey(), state, rows);
    }
    return outcome(batch.key(), state, rows);
  }

  /**
   * Completes the calls of {@link #onEvents} that did not.
   *
   * @param batch the group's events
   * @param before the group's entry
   * @param times the epoch's clocks
   */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the pipeline has the operator's types; K may be null
  StepOutcome afterEvents(GroupBatch<?> batch, GroupEntry before, EpochTimes times)
      throws Exception {
    StepState<S> state = new StepState<>(operator, before, null, times, null, false);
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    operator.calls().afterEvents((K) batch.userKey(), state, rows);
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
    StepState<S> state = new StepState<>(operator, before, (S) live, times, null, true);
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    operator.calls().onTimeout(userKey(key), state, rows);
    return outcome(key, state, rows);
  }

  /**
   * Calls the operator for the timers of a group with variables that are due, in ascending order of
   * time.
   *
   * @param key the group
   * @param before the group's entry
   * @param times the epoch's clocks
   * @param leavesOut whether a timer for which the operator throws is left out
   */
  public StepOutcome onTimers(GroupKey key, GroupEntry before, EpochTimes times, boolean leavesOut)
      throws Exception {
    return new TimerCalls<>(this, key, before, times).run(leavesOut);
  }

  /** Calls the operator for a timer, which must be set. */
  @SuppressWarnings("NullAway") // the codec that wrote the key reads K, which may be null
  StepOutcome onTimer(GroupKey key, DueTimer timer, GroupEntry before, EpochTimes times)
      throws Exception {
    StepState<S> state = new StepState<>(operator, before, null, times, null, false);
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    timer.remove(state.variables().pending());
    operator.calls().onTimer(userKey(key), timer.asSeen(), state, rows);
    return outcome(key, state, rows);
  }

  /**
   * Calls the operator for the initial rows of a group with variables.
   *
   * @param key the group
   * @param initialRows the serialized rows, in order
   * @param times the epoch's clocks
   */
  @SuppressWarnings("NullAway") // the codec that wrote the key reads K, which may be null
  public StepOutcome onInitialRows(GroupKey key, List<byte[]> initialRows, EpochTimes times)
      throws Exception {
    StepState<S> state = new StepState<>(operator, GroupEntry.EMPTY, null, times, null, false);
    RowBuffer<U> rows = new RowBuffer<>(operator.rowCodec());
    K userKey = userKey(key);
    for (byte[] row : initialRows) {
      operator.calls().onInitialRow(userKey, operator.stateCodec().read(row), state, rows);
    }
    return outcome(key, state, rows);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the codec that wrote the key reads K
  private K userKey(GroupKey key) {
    return (K) operator.keyCodec().read(key);
  }

  GroupOperator<K, V, S, U> operator() {
    return operator;
  }

  /** Returns whether groups have variables instead of a single state and timeout. */
  public boolean hasVariables() {
    return operator.variables() != null;
  }

  boolean isCompletedAfterEvents() {
    return operator.calls().isCompletedAfterEvents();
  }

  private StepOutcome outcome(GroupKey key, StepState<S> state, RowBuffer<?> rows) {
    GroupChange change = state.change(key, rows.stored());
    boolean timersAreDue =
        operator.variables() != null && DueTimer.isAny(state.variables().pending(), state.times());
    state.close();
    return new StepOutcome(change, rows.rows(), state.live(), List.of(), timersAreDue);
  }
}
