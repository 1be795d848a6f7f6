package io.vellamo.engine.shard;

import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.TestCodecs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InitialStatesTest {
  private static final GroupOperator<String, String, Integer, String> OPERATOR =
      new GroupOperator<>(
          GroupStateTimeout.NONE,
          false,
          new FunctionOperator<>((key, events, state) -> List.<String>of().iterator()),
          TestCodecs.KEYS,
          TestCodecs.NUMBERS,
          TestCodecs.ROWS);

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);

  // Reading.

  @Test
  void states_areDividedByTheShardOfTheirKey() {
    Map<@Nullable String, Integer> states = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      states.put("key-" + i, i);
    }
    states.put(null, 50);

    List<InitialGroups> read =
        InitialStates.read(InitialState.of(Integer.class, states), OPERATOR, 4);

    Map<GroupKey, byte[]> all = new HashMap<>();
    for (int shard = 0; shard < 4; shard++) {
      InitialGroups groups = read.get(shard);
      int expected = shard;
      assertThat(groups.states().keySet()).allMatch(key -> key.shard(4) == expected);
      all.putAll(groups.states());
    }
    assertThat(all).hasSize(51);
    assertThat(all.get(key(null))).isEqualTo(TestCodecs.NUMBERS.write(50));
  }

  @Test
  void twoStatesOfAKey_areRefusedByTheKey() {
    List<KeyValue<String, Integer>> twice = Arrays.asList(state("a", 1), state("a", 2));

    assertThatExceptionOfType(InitialStateException.class)
        .isThrownBy(() -> InitialStates.read(InitialState.of(Integer.class, twice), OPERATOR, 4))
        .withMessage(
            "initial states must have one state a key, found more for key [a]; merge them first");
  }

  @Test
  void nullState_isRefusedByTheKey() {
    Map<String, Integer> states = new HashMap<>();
    states.put("a", null);

    assertThatExceptionOfType(InitialStateException.class)
        .isThrownBy(() -> InitialStates.read(InitialState.of(Integer.class, states), OPERATOR, 4))
        .withMessage("the initial state of key [a] must not be null; leave the key out");
  }

  // In the first epoch.

  @Test
  void groupWithEvents_isCalledWithItsInitialState_andNotOnceMore() {
    GroupBatch<Object> events = new GroupBatch<>(key("a"), "a");
    EpochSteps steps = steps(List.of(events), initial(false, state("a", 5)));

    assertThat(steps.eventCalls(ledger))
        .containsExactly(new EpochCall(key("a"), entry(5, null), events));
    assertThat(steps.initialCalls(TestCodecs.KEYS, 10)).isEmpty();
  }

  @Test
  void groupsWithoutEvents_areCalledInRounds_eachOnce() {
    EpochSteps steps =
        steps(List.of(), initial(false, state("a", 1), state("b", 2), state("c", 3)));

    List<EpochCall> first = steps.initialCalls(TestCodecs.KEYS, 2);
    List<EpochCall> second = steps.initialCalls(TestCodecs.KEYS, 2);

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(1);
    assertThat(steps.initialCalls(TestCodecs.KEYS, 2)).isEmpty();
    List<EpochCall> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(all)
        .extracting(call -> Objects.requireNonNull(call.batch()))
        .allMatch(batch -> !batch.hasNext())
        .extracting(GroupBatch::userKey)
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void groupsCalledOnlyWithEvents_areStoredWithoutACall() {
    EpochSteps steps = steps(List.of(), initial(true, state("a", 1)));

    assertThat(steps.initialCalls(TestCodecs.KEYS, 2)).isEmpty();
    ledger.apply(steps.change(1, null));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, null));
    assertThat(steps.updated()).isZero();
  }

  @Test
  void stateThatItsCallLeft_isStored_andNotCountedAsUpdated() {
    EpochSteps steps = steps(List.of(), initial(false, state("a", 1)));

    take(steps, new GroupChange(key("a"), Effect.NONE, null, null, List.of()));
    ledger.apply(steps.change(1, null));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, null));
    assertThat(steps.updated()).isZero();
  }

  @Test
  void stateWhoseCallSetATimeout_isStoredWithIt() {
    EpochSteps steps = steps(List.of(), initial(false, state("a", 1)));

    take(steps, new GroupChange(key("a"), Effect.TIMEOUT, null, 70L, List.of()));
    ledger.apply(steps.change(1, null));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, 70L));
    assertThat(steps.updated()).isEqualTo(1);
  }

  @Test
  void stateThatItsCallReplacedOrRemoved_isGone() {
    EpochSteps steps = steps(List.of(), initial(false, state("a", 1), state("b", 1)));

    byte[] two = TestCodecs.NUMBERS.write(2);
    take(steps, new GroupChange(key("a"), Effect.STATE, two, null, List.of()));
    take(steps, new GroupChange(key("b"), Effect.REMOVED, null, null, List.of()));
    ledger.apply(steps.change(1, null));

    assertThat(ledger.groups()).containsExactly(Map.entry(key("a"), entry(2, null)));
  }

  private static EpochSteps steps(List<GroupBatch<Object>> groups, InitialGroups initial) {
    return new EpochSteps(times(10, 0), groups, initial);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static InitialGroups initial(
      boolean calledOnlyWithEvents, KeyValue<String, Integer>... states) {
    InitialState<String, Integer> initial = InitialState.of(Integer.class, List.of(states));
    return InitialStates.read(
            calledOnlyWithEvents ? initial.calledOnlyWithEvents() : initial, OPERATOR, 1)
        .get(0);
  }

  private static KeyValue<String, Integer> state(String key, int value) {
    return new KeyValue<>(key, value);
  }

  private static void take(EpochSteps steps, GroupChange change) {
    steps.take(new EpochCall(change.key(), GroupEntry.EMPTY, null), outcome(change));
  }

  private static StepOutcome outcome(GroupChange change) {
    return new StepOutcome(change, List.of(), null);
  }
}
