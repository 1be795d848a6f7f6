package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ShardLedgerTest {
  private static final StoredValue ROW = TestCodecs.ROWS.write("row");

  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);

  @Test
  void apply_ofChanges_keepsEntries() {
    ledger.apply(change(1, state("a", 1, null), state("b", 2, 50L)));

    assertThat(ledger.groups())
        .isEqualTo(Map.of(key("a"), entry(1, null), key("b"), entry(2, 50L)));
  }

  @Test
  void apply_ofRemoval_leavesNothing() {
    ledger.apply(change(1, state("a", 1, 50L)));
    ledger.apply(change(2, bare("a", Effect.REMOVED, null)));

    assertThat(ledger.groups()).isEmpty();
    assertThat(ledger.entry(key("a"))).isSameAs(GroupEntry.EMPTY);
    assertThat(ledger.nextDue()).isEqualTo(NextDue.NEVER);
  }

  @Test
  void apply_ofNone_changesNothing() {
    ledger.apply(change(1, state("a", 1, 50L)));
    ledger.apply(change(2, bare("a", Effect.NONE, 50L)));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, 50L));
    assertThat(ledger.due(times(51, 0))).containsExactly(key("a"));
  }

  @Test
  void apply_ofTimeout_keepsTheState() {
    ledger.apply(change(1, state("a", 1, 50L)));
    ledger.apply(change(2, bare("a", Effect.TIMEOUT, 70L)));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, 70L));
    assertThat(ledger.due(times(70, 0))).isEmpty();
    assertThat(ledger.due(times(71, 0))).containsExactly(key("a"));
  }

  @Test
  void apply_ofTimeoutWithoutState_dropsTheState() {
    ledger.apply(change(1, state("a", 1, null)));
    ledger.apply(change(2, bare("a", Effect.TIMEOUT_WITHOUT_STATE, 70L)));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(null, 70L));
  }

  @Test
  void apply_remembersEpochAndRowsOfTheLastChange() {
    GroupChange first = new GroupChange(key("a"), Effect.NONE, null, null, List.of(ROW));
    GroupChange second = new GroupChange(key("b"), Effect.NONE, null, null, List.of(ROW, ROW));
    ledger.apply(change(7, first, second));

    assertThat(ledger.lastEpoch()).isEqualTo(7);
    assertThat(ledger.lastRows()).containsExactly(ROW, ROW, ROW);

    ledger.apply(change(8));

    assertThat(ledger.lastEpoch()).isEqualTo(8);
    assertThat(ledger.lastRows()).isEmpty();
  }

  @Test
  void deadLetters_countWithTheirEpoch_andAreForgottenWithTheNext() {
    GroupDeadLetter letter = new GroupDeadLetter(key("a"), null, "E", null, null);
    ledger.hold(0, new ShardDeadLetters(1, 7, List.of(letter)));
    assertThat(ledger.lastDeadLetters().letters()).isEmpty();

    ledger.apply(1, change(7));

    assertThat(ledger.lastDeadLetters()).isEqualTo(new ShardDeadLetters(1, 7, List.of(letter)));

    ledger.apply(change(8));

    assertThat(ledger.lastDeadLetters().letters()).isEmpty();
  }

  @Test
  void deadLetters_ofAnEpochThatWasCutOff_areForgotten() {
    GroupDeadLetter letter = new GroupDeadLetter(key("a"), null, "E", null, null);
    ledger.hold(0, new ShardDeadLetters(0, 7, List.of(letter)));
    ledger.apply(1, change(7));

    assertThat(ledger.lastDeadLetters().letters()).isEmpty();
  }

  @Test
  void fresh_hasNoEpoch() {
    assertThat(ledger.lastEpoch()).isZero();
    assertThat(ledger.lastRows()).isEmpty();
    assertThat(ledger.incarnation()).isZero();
  }

  @Test
  void groups_canNotBeChangedFromOutside() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ledger.groups().put(key("a"), entry(1, null)));
  }

  @Test
  void due_followsTheOperatorsClock() {
    EpochTimes late = times(100, 200);
    ShardChange change = change(1, state("early", 1, 99L), state("later", 1, 150L));

    assertThat(due(PROCESSING_TIME, change, late)).isEqualTo(List.of(key("early")));
    assertThat(due(EVENT_TIME, change, late)).isEqualTo(List.of(key("early"), key("later")));
  }

  @Test
  void g07_withoutTimeouts_nothingEverTimesOut() {
    assertThat(due(NONE, change(1, state("a", 1, 50L)), times(100, 200))).isEmpty();
  }

  @Test
  void due_atTheEndOfTime_isEveryTimer() {
    EpochTimes end = new EpochTimes(2, 0, Watermark.END, Watermark.NONE);

    assertThat(due(EVENT_TIME, change(1, state("a", 1, 4_000_000_000_000L)), end)).hasSize(1);
  }

  @Test
  void due_withoutWatermark_isNoTimer() {
    EpochTimes none = new EpochTimes(2, 0, Watermark.NONE, Watermark.NONE);

    assertThat(due(EVENT_TIME, change(1, state("a", 1, 1L)), none)).isEmpty();
  }

  @Test
  void nextDue_isThatOfTheOperatorsClock() {
    assertThat(nextDue(PROCESSING_TIME)).isEqualTo(new NextDue(null, 50L));
    assertThat(nextDue(EVENT_TIME)).isEqualTo(new NextDue(50L, null));
    assertThat(nextDue(NONE)).isEqualTo(NextDue.NEVER);
  }

  @Test
  void incarnation_neverGoesBack() {
    ledger.own(1, 5);
    ledger.own(2, 4);
    ledger.apply(new ShardChange(3, 1, List.of()));

    assertThat(ledger.incarnation()).isEqualTo(5);

    ledger.apply(new ShardChange(6, 2, List.of()));

    assertThat(ledger.incarnation()).isEqualTo(6);
  }

  @Test
  void owner_neverGoesBack() {
    ledger.own(2, 1);
    ledger.restoreOwner(1);

    assertThat(ledger.owner()).isEqualTo(2);

    ledger.restoreOwner(3);

    assertThat(ledger.owner()).isEqualTo(3);
  }

  @Test
  void restore_givesWhatTheSnapshotHolds() {
    restore("a", entry(1, 50L));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(1, 50L));
    assertThat(ledger.due(times(51, 0))).containsExactly(key("a"));
  }

  // Each "a" with a state takes 2 bytes of key, 4 of state and 10 around them, in the journal as in
  // memory; rows take 4 around them.

  @Test
  void snapshot_isDueWhenTheJournalOutgrowsTheShard() {
    ledger.apply(change(1, state("a", 1, null)));

    assertThat(ledger.isSnapshotDue(0, 1)).isFalse();

    ledger.apply(change(2, state("a", 2, null)));

    assertThat(ledger.isSnapshotDue(0, 1)).isTrue();
  }

  @Test
  void snapshot_isNotDueBelowTheLeastGrowth() {
    ledger.apply(change(1, state("a", 1, null)));
    ledger.apply(change(2, state("a", 2, null)));

    assertThat(ledger.isSnapshotDue(32, 1)).isFalse();
    assertThat(ledger.isSnapshotDue(31, 1)).isTrue();
  }

  @Test
  void firstSnapshot_waitsForItsShareOnly() {
    ledger.apply(change(1, state("a", 1, null)));

    assertThat(ledger.isSnapshotDue(20, 0.5)).isTrue();
    assertThat(ledger.isSnapshotDue(20, 0.9)).isFalse();

    ledger.snapshotBegun();
    ledger.apply(change(2, state("a", 2, null)));

    assertThat(ledger.isSnapshotDue(20, 0.5)).isFalse();
  }

  @Test
  void firstSnapshot_ofARecoveredShard_isNotItsFirst() {
    restore("a", entry(1, null));
    ledger.apply(change(2, state("a", 2, null)));

    assertThat(ledger.isSnapshotDue(20, 0.5)).isFalse();
  }

  @Test
  void snapshot_restoredGroupsCountAsKept() {
    restore("a", entry(1, null));
    restore("b", entry(1, null));
    ledger.apply(change(1, state("a", 2, null)));
    ledger.apply(change(2, state("a", 3, null)));

    assertThat(ledger.isSnapshotDue(0, 1)).isFalse();

    ledger.apply(change(3, state("a", 4, null)));

    assertThat(ledger.isSnapshotDue(0, 1)).isTrue();
  }

  @Test
  void snapshot_removedGroupsNoLongerCount() {
    restore("a", entry(1, null));
    restore("b", entry(null, 50L));
    ledger.apply(change(1, bare("a", Effect.REMOVED, null), bare("b", Effect.REMOVED, null)));

    assertThat(ledger.isSnapshotDue(23, 1)).isTrue();
    assertThat(ledger.isSnapshotDue(24, 1)).isFalse();
  }

  @Test
  void size_countsKeysStatesAndRows() {
    GroupChange group =
        new GroupChange(
            key("a"), Effect.STATE, TestCodecs.NUMBERS.write(1), null, List.of(ROW, ROW));

    assertThat(change(1, group, bare("bc", Effect.REMOVED, null)).size())
        .isEqualTo(10 + 2 + 4 + 4 + 3 + 4 + 3 + 10 + 3);
  }

  private void restore(String key, GroupEntry entry) {
    ledger.restore(new SnapshotPart(List.of(new SnapshotPart.Group(key(key), entry)), true));
  }

  private static List<?> due(GroupStateTimeout timeout, ShardChange change, EpochTimes times) {
    ShardLedger ledger = new ShardLedger(timeout);
    ledger.apply(change);
    return ledger.due(times);
  }

  private static NextDue nextDue(GroupStateTimeout timeout) {
    ShardLedger ledger = new ShardLedger(timeout);
    ledger.apply(change(1, state("a", 1, 70L), state("b", 1, 50L)));
    return ledger.nextDue();
  }

  private static ShardChange change(long epoch, GroupChange... groups) {
    return new ShardChange(1, epoch, List.of(groups));
  }

  private static GroupChange state(String key, int state, @Nullable Long timeoutMillis) {
    byte[] bytes = TestCodecs.NUMBERS.write(state);
    return new GroupChange(key(key), Effect.STATE, bytes, timeoutMillis, List.of());
  }

  private static GroupChange bare(String key, Effect effect, @Nullable Long timeoutMillis) {
    return new GroupChange(key(key), effect, null, timeoutMillis, List.of());
  }
}
