package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of groups with variables, of which a part may contain only some entries. */
final class VariableSnapshotTest {
  private static final SlotType LIST = new SlotType(Kind.LIST, TimeDomain.PROCESSING_TIME);
  private static final SlotType TIMERS = new SlotType(Kind.TIMERS, TimeDomain.PROCESSING_TIME);
  private static final EpochTimes LATER = new EpochTimes(9, 60, Watermark.NONE, Watermark.NONE);

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 8, 14, 16, 20, 1_000})
  void parts_ofAnySize_containAllGroups(long maxSize) {
    ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);
    List<GroupChange> changes = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      List<VariableChange> puts = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        puts.add(new Put(0, LIST, new SlotEntry(EntryKey.NONE, number, new byte[] {1, 2}, 50)));
      }
      puts.add(new Put(1, TIMERS, new SlotEntry(EntryKey.NONE, 0, new byte[0], 60)));
      changes.add(GroupChange.of(key(name), puts, List.of()));
    }
    ledger.apply(new ShardChange(1, 1, changes));

    ShardLedger recovered = new ShardLedger(GroupStateTimeout.NONE);
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    while (!cycle.isDone()) {
      recovered.restore(cycle.next(ledger, maxSize));
    }
    recovered.recovered();

    assertThat(recovered.groups()).isEqualTo(ledger.groups());
    assertThat(recovered.due(LATER)).containsExactlyInAnyOrder(key("a"), key("b"), key("c"));
    assertThat(recovered.expired(LATER)).isNotNull();
  }
}
