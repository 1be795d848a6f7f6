package io.vellamo.engine.shard;

import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.Variables;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UnreadableStatesTest {
  private static final GroupOperator<?, ?, ?, ?> EVEN =
      new GroupOperator<>(
          GroupStateTimeout.EVENT_TIME,
          true,
          new FunctionOperator<>((key, events, state) -> Collections.emptyIterator()),
          TestCodecs.KEYS,
          new EvenNumbers(),
          TestCodecs.ROWS);

  private static final SlotType LIST = new SlotType(Kind.LIST, null);

  /** Declares the list 1, but no longer the list 0. */
  private static final GroupOperator<?, ?, ?, ?> VARIABLES =
      new GroupOperator<>(
          GroupStateTimeout.NONE,
          true,
          new FunctionOperator<Object, Object, Integer, Object>(
              (key, events, state) -> Collections.emptyIterator()),
          false,
          new DeclaredVariables(
              List.of(
                  new DeclaredVariable(
                      Variables.list("list", Integer.class), LIST, new EvenNumbers(), null, 1)),
              List.of(),
              Duration.ZERO),
          0,
          TestCodecs.KEYS,
          TestCodecs.NUMBERS,
          TestCodecs.ROWS);

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.EVENT_TIME);

  @Test
  void shardWithoutGroups_canBeRead() {
    assertThat(UnreadableStates.find(ledger, EVEN)).isNull();
  }

  @Test
  void statesThatCanBeRead_areNotFound() {
    put("a", 2);
    put("b", 4);

    assertThat(UnreadableStates.find(ledger, EVEN)).isNull();
  }

  @Test
  void groupsWithoutState_areNotRead() {
    put("a", null);

    assertThat(UnreadableStates.find(ledger, EVEN)).isNull();
  }

  @Test
  void statesThatCanNotBeRead_areCounted_andTheLeastKeyIsNamed() {
    put("a", 2);
    for (String odd : new String[] {"e", "c", "b", "d"}) {
      put(odd, 7);
    }
    put("f", null);

    UnreadableStates found = Objects.requireNonNull(UnreadableStates.find(ledger, EVEN));

    assertThat(found.count()).isEqualTo(4);
    assertThat(found.states()).isEqualTo(5);
    assertThat(found.first()).isEqualTo(key("b"));
    assertThat(found.message(TestCodecs.KEYS))
        .isEqualTo(
            "the states of [4] groups of [5] can't be read, the first is that of group [b]: not"
                + " even");
  }

  @Test
  void entriesOfVariablesThatCanNotBeRead_countAsTheirGroup() {
    put("a", 1, 2, 4);
    put("b", 1, 2, 7);
    put("c", 0, 7);

    UnreadableStates found = Objects.requireNonNull(UnreadableStates.find(ledger, VARIABLES));

    assertThat(found.count()).isEqualTo(1);
    assertThat(found.states()).isEqualTo(3);
    assertThat(found.first()).isEqualTo(key("b"));
  }

  private void put(String key, int variable, int... elements) {
    List<VariableChange> puts = new ArrayList<>();
    for (int element : elements) {
      byte[] value = TestCodecs.NUMBERS.write(element);
      puts.add(
          new Put(
              variable, LIST, new SlotEntry(EntryKey.NONE, puts.size(), value, SlotEntry.NEVER)));
    }
    ledger.apply(new ShardChange(1, 1, List.of(GroupChange.of(key(key), puts, List.of()))));
  }

  private void put(String key, @Nullable Integer state) {
    SnapshotPart.Group group = new SnapshotPart.Group(key(key), entry(state, 50L));
    ledger.restore(new SnapshotPart(List.of(group), false));
  }

  /** Reads what is even. */
  private static final class EvenNumbers implements StateCodec<Integer> {
    @Override
    public byte[] write(Integer state) {
      return TestCodecs.NUMBERS.write(state);
    }

    @Override
    public Integer read(byte[] bytes) {
      Integer state = TestCodecs.NUMBERS.read(bytes);
      if (state % 2 != 0) {
        throw new SerializationException("number", "not even", null);
      }
      return state;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public String shape() {
      return "even";
    }
  }
}
