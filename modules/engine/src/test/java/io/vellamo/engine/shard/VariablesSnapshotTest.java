package io.vellamo.engine.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Snapshots of groups with variables, and shards that recover from them. */
final class VariablesSnapshotTest {
  private static final SlotType MAP = new SlotType(Kind.MAP, null);
  private static final GroupKey ANN = key("ann");
  private static final GroupKey BOB = key("bob");
  private static final long SMALL = 40;

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);

  @Test
  void groups_spreadOverParts_areRestoredFromTheJournal() {
    put(1, ANN, "a", "b", "c", "d", "e", "f");
    put(2, BOB, "g");

    List<SnapshotPart> parts = snapshot();
    ShardLedger recovered = new ShardLedger(GroupStateTimeout.NONE);
    parts.forEach(part -> recovered.restore(asRead(part)));
    recovered.recovered();

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(recovered.groups()).isEqualTo(ledger.groups());
    assertThat(size(recovered)).isEqualTo(6);
  }

  /** A write that is acknowledged is applied to the shard that has written it. */
  @Test
  void parts_appliedToTheirOwnShard_changeNothing() {
    put(1, ANN, "a", "b", "c", "d", "e", "f");
    GroupEntry before = ledger.entry(ANN);

    snapshot().forEach(ledger::restore);

    assertThat(ledger.entry(ANN)).isSameAs(before);
    assertThat(size(ledger)).isEqualTo(6);
  }

  @Test
  void wholeGroup_startsAnotherShard() {
    put(1, ANN, "a", "b");

    ShardLedger other = new ShardLedger(GroupStateTimeout.NONE);
    SnapshotPart.Group whole = SnapshotPart.Group.whole(ANN, ledger.entry(ANN));
    other.restore(new SnapshotPart(List.of(whole), true));
    put(2, ANN, "c");

    assertThat(size(other)).isEqualTo(2);
    assertThat(size(ledger)).isEqualTo(3);
  }

  private static int size(ShardLedger shard) {
    return Objects.requireNonNull(shard.entry(ANN).variables().slot(0), "slot").size();
  }

  private void put(long epoch, GroupKey group, String... keys) {
    List<VariableChange> changes = new ArrayList<>();
    for (String key : keys) {
      EntryKey entryKey = EntryKey.of(key.getBytes(UTF_8));
      SlotEntry entry = new SlotEntry(entryKey, changes.size(), new byte[10], SlotEntry.NEVER);
      changes.add(new Put(0, MAP, entry));
    }
    ledger.apply(new ShardChange(1, epoch, List.of(GroupChange.of(group, changes, List.of()))));
  }

  private List<SnapshotPart> snapshot() {
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    List<SnapshotPart> parts = new ArrayList<>();
    while (!cycle.isDone()) {
      parts.add(cycle.next(ledger, SMALL));
    }
    return parts;
  }

  /** Returns a part as a journal gives it back. */
  private static SnapshotPart asRead(SnapshotPart part) {
    return new SnapshotPart(
        part.groups().stream()
            .map(each -> new SnapshotPart.Group(each.key(), GroupEntry.EMPTY, each.contents()))
            .toList(),
        part.last());
  }

  private static GroupKey key(String name) {
    return GroupKey.of(name.getBytes(UTF_8));
  }
}
