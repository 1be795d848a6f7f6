package io.vellamo.engine.shard;

import io.vellamo.api.group.InitialState;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The initial states of an operator, serialized and divided by shard.
 *
 * <p><b>Cost</b> All keys and states in serialized form, one map entry each.
 */
public final class InitialStates {
  private final List<Map<GroupKey, byte[]>> shards;
  private final List<Map<GroupKey, List<byte[]>>> rows;

  private InitialStates(int shardCount) {
    this.shards = new ArrayList<>(shardCount);
    this.rows = new ArrayList<>(shardCount);
    for (int shard = 0; shard < shardCount; shard++) {
      shards.add(new HashMap<>());
      rows.add(new LinkedHashMap<>());
    }
  }

  /**
   * Reads and serializes initial states.
   *
   * @param initial the user's initial states
   * @param operator the operator
   * @param shardCount the number of the operator's shards
   * @return the initial states of each shard
   * @throws InitialStateException if a state is null, or a key is repeated for an operator with a
   *     single state
   */
  @SuppressWarnings("unchecked") // the pipeline gave both the same types
  public static <S> List<InitialGroups> read(
      InitialState<?, ?> initial, GroupOperator<?, ?, S, ?> operator, int shardCount) {
    InitialStates states = new InitialStates(shardCount);
    ((InitialState<@Nullable Object, S>) initial)
        .forEach((key, state) -> states.add(key, state, operator));
    List<InitialGroups> all = new ArrayList<>();
    for (int shard = 0; shard < shardCount; shard++) {
      all.add(
          new InitialGroups(
              states.shards.get(shard), states.rows.get(shard), initial.isCalledOnlyWithEvents()));
    }
    return all;
  }

  private <S> void add(
      @Nullable Object userKey, @Nullable S state, GroupOperator<?, ?, S, ?> operator) {
    KeyCodec keyCodec = operator.keyCodec();
    StateCodec<S> stateCodec = operator.stateCodec();
    if (state == null) {
      throw new InitialStateException(
          "the initial state of key [%s] must not be null; leave the key out".formatted(userKey));
    }
    GroupKey key = keyCodec.write(userKey);
    if (operator.variables() != null) {
      rows.get(key.shard(rows.size()))
          .computeIfAbsent(key, first -> new ArrayList<>())
          .add(stateCodec.write(state));
      return;
    }
    byte[] before = shards.get(key.shard(shards.size())).put(key, stateCodec.write(state));
    if (before != null) {
      throw new InitialStateException(
          "initial states must have one state a key, found more for key [%s]; merge them first"
              .formatted(userKey));
    }
  }
}
