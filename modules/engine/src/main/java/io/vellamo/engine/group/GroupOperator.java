package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.WholeGroups;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ErrorPolicy.Action;

/**
 * An executable stateful operator.
 *
 * @param timeout the clock of its timeouts
 * @param hasWatermark whether {@code withWatermark} is upstream
 * @param function the user's function
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
    FlatMapGroupsWithStateFunction<K, V, S, U> function,
    KeyCodec keyCodec,
    StateCodec<S> stateCodec,
    ValueCodec rowCodec) {
  /**
   * Returns whether the function needs all events of a group in a single call, so that it must not
   * be called event by event.
   */
  public boolean needsAllEvents() {
    return function instanceof WholeGroups;
  }

  /**
   * Returns this operator for a batch: without a watermark, and with codecs that keep neither
   * states nor rows. If events for which the function throws are left out, a state is kept until
   * the group has been called, since it is then called event by event.
   */
  public GroupOperator<K, V, S, U> inBatch(ErrorPolicy policy) {
    boolean isCalledEventByEvent = policy.action() == Action.DEAD_LETTER && !needsAllEvents();
    return new GroupOperator<>(
        timeout,
        false,
        function,
        keyCodec,
        isCalledEventByEvent ? stateCodec : NotKept.states(stateCodec),
        NotKept.rows(rowCodec));
  }
}
