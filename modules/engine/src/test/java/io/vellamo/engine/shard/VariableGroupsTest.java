package io.vellamo.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables that are forgotten because they are no longer declared. */
final class VariableGroupsTest {
  private static final GroupKey A = GroupKey.of(new byte[] {1});
  private static final GroupKey B = GroupKey.of(new byte[] {2});
  private static final int VALUE = 0;
  private static final int TIMERS = 3;

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);

  @Test
  void forget_removesEntriesAndTimers_andGroupsThatHaveNoOthers() {
    ledger.apply(new ShardChange(1, 1, List.of(change(A, value(), timer()), change(B, timer()))));
    EpochTimes due = new EpochTimes(2, 7, Watermark.NONE, Watermark.NONE);
    assertThat(ledger.due(due)).containsExactlyInAnyOrder(A, B);
    assertThat(ledger.variablesExcept(number -> false)).containsExactly(VALUE, TIMERS);
    assertThat(ledger.variablesExcept(number -> number == VALUE)).containsExactly(TIMERS);

    ledger.forget(List.of(TIMERS));

    assertThat(ledger.groups()).containsOnlyKeys(A);
    assertThat(ledger.variablesExcept(number -> false)).containsExactly(VALUE);
    assertThat(ledger.due(due)).isEmpty();
    assertThat(ledger.nextDue()).isEqualTo(NextDue.NEVER);
    ledger.forget(List.of(VALUE, TIMERS));
    assertThat(ledger.groups()).isEmpty();
  }

  @Test
  void forget_ofNothing_changesNothing() {
    ledger.apply(new ShardChange(1, 1, List.of(change(A, value()))));

    ledger.forget(List.of());

    assertThat(ledger.groups()).containsOnlyKeys(A);
  }

  private static GroupChange change(GroupKey key, VariableChange... changes) {
    return GroupChange.of(key, List.of(changes), List.of());
  }

  private static VariableChange value() {
    return put(VALUE, new SlotType(Kind.VALUE, null), SlotEntry.NEVER);
  }

  private static VariableChange timer() {
    return put(TIMERS, new SlotType(Kind.TIMERS, TimeDomain.PROCESSING_TIME), 7);
  }

  private static VariableChange put(int variable, SlotType type, long dueMillis) {
    return new Put(variable, type, new SlotEntry(EntryKey.NONE, 0, new byte[] {5}, dueMillis));
  }
}
