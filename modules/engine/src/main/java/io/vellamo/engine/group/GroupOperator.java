package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;

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
   * Returns this operator for a batch: without a watermark, and with codecs that keep neither
   * states nor rows.
   */
  public GroupOperator<K, V, S, U> inBatch() {
    return new GroupOperator<>(
        timeout, false, function, keyCodec, NotKept.states(stateCodec), NotKept.rows(rowCodec));
  }
}
