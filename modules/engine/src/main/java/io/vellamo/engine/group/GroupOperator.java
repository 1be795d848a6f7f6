package io.vellamo.engine.group;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ErrorPolicy.Action;
import org.jspecify.annotations.Nullable;

/**
 * An executable stateful operator.
 *
 * @param timeout the clock of its timeouts
 * @param hasWatermark whether {@code withWatermark} is upstream
 * @param calls the calls of its groups
 * @param needsAllEvents whether it needs all events of a group in a single call, so that it must
 *     not be called event by event
 * @param variables the declared variables and timers; null for a single state and timeout
 * @param heldBackMillis the time by which its watermark is behind that of the query
 * @param keyCodec the codec of keys
 * @param stateCodec the codec of states
 * @param rowCodec the codec of rows
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states
 * @param <U> the rows
 */
public record GroupOperator<K, V, S, U>(
    GroupStateTimeout timeout,
    boolean hasWatermark,
    KeyedOperator<K, V, S, U> calls,
    boolean needsAllEvents,
    @Nullable DeclaredVariables variables,
    long heldBackMillis,
    KeyCodec keyCodec,
    StateCodec<S> stateCodec,
    ValueCodec rowCodec) {
  /** Creates an operator that can be called event by event. */
  public GroupOperator(
      GroupStateTimeout timeout,
      boolean hasWatermark,
      KeyedOperator<K, V, S, U> calls,
      KeyCodec keyCodec,
      StateCodec<S> stateCodec,
      ValueCodec rowCodec) {
    this(timeout, hasWatermark, calls, false, null, 0, keyCodec, stateCodec, rowCodec);
  }

  /** Returns whether a call for timers or a timeout can leave out what the operator throws for. */
  public boolean leavesOutTimers() {
    return variables != null || calls.isCompletedAfterEvents();
  }

  /**
   * Returns this operator for a batch: without a watermark, and with codecs that keep neither
   * states nor rows. If events for which the function throws are left out, a state is kept until
   * the group has been called, since it is then called event by event.
   */
  public GroupOperator<K, V, S, U> inBatch(ErrorPolicy policy) {
    KeyedOperator<K, V, S, U> inBatch = calls.inBatch();
    boolean needsAll = needsAllEvents || inBatch.needsAllEvents();
    boolean isCalledEventByEvent = policy.action() == Action.DEAD_LETTER && !needsAll;
    return new GroupOperator<>(
        timeout,
        false,
        inBatch,
        needsAll,
        variables,
        heldBackMillis,
        keyCodec,
        isCalledEventByEvent ? stateCodec : NotKept.states(stateCodec),
        NotKept.rows(rowCodec));
  }

  /**
   * Returns whether it declares a variable or timers of a number; always true without variables.
   */
  public boolean declares(int number) {
    DeclaredVariables declared = variables;
    return declared == null || declared.has(number);
  }

  /**
   * Returns this operator with its variables numbered as in a journal.
   *
   * @param numbers the number of each variable, then of each timer name, in the order of
   *     declaration
   */
  public GroupOperator<K, V, S, U> numbered(int[] numbers) {
    DeclaredVariables declared = variables;
    return declared == null
        ? this
        : new GroupOperator<>(
            timeout,
            hasWatermark,
            calls,
            needsAllEvents,
            declared.numbered(numbers),
            heldBackMillis,
            keyCodec,
            stateCodec,
            rowCodec);
  }
}
