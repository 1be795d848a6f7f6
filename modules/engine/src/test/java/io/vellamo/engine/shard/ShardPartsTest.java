package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TestCodecs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShardPartsTest {
  /** Takes 3 + 4 bytes. */
  private static final StoredValue ROW = TestCodecs.ROWS.write("row");

  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);

  @Test
  void change_thatFits_isOnePart() {
    ShardChange change = change(1, 1, state("a", 1, 0), state("b", 2, 0));

    assertThat(change.split(32)).containsExactly(change);
  }

  @Test
  void change_thatDoesNotFit_isSplitBetweenGroups() {
    ShardChange change = change(3, 7, state("a", 1, 0), state("b", 2, 0), state("c", 3, 0));

    List<ShardChange> parts = change.split(32);

    assertThat(parts)
        .hasSize(2)
        .allSatisfy(part -> assertThat(part.size()).isLessThanOrEqualTo(32));
    assertThat(parts).allMatch(part -> part.incarnation() == 3 && part.epoch() == 7);
    assertThat(applied(parts).groups()).isEqualTo(applied(List.of(change)).groups());
  }

  @Test
  void group_thatDoesNotFit_isSplitBetweenRows() {
    ShardChange change = change(1, 1, state("a", 1, 20), state("b", 2, 1));

    List<ShardChange> parts = change.split(64);

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(parts).allSatisfy(part -> assertThat(part.size()).isLessThanOrEqualTo(64));
    assertThat(applied(parts).groups()).isEqualTo(applied(List.of(change)).groups());
    assertThat(rows(parts)).isEqualTo(Collections.nCopies(21, ROW));
  }

  @Test
  void state_largerThanAPart_isWrittenWhole() {
    GroupChange large =
        new GroupChange(key("a"), Effect.STATE, new byte[1000], null, List.of(ROW, ROW));

    List<ShardChange> parts = change(1, 1, large, state("b", 1, 0)).split(32);

    assertThat(applied(parts).entry(key("a")).state()).hasSize(1000);
    assertThat(rows(parts)).containsExactly(ROW, ROW);
  }

  @Test
  void part_thatIsHeld_changesNothingYet() {
    ledger.hold(0, change(1, 1, state("a", 1, 1)));

    assertThat(ledger.groups()).isEmpty();
    assertThat(ledger.lastEpoch()).isZero();
    assertThat(ledger.lastRows()).isEmpty();
  }

  @Test
  void part_ofARunThatWasCutOff_isForgotten() {
    ledger.hold(0, change(1, 1, state("a", 1, 1)));
    ledger.hold(1, change(2, 1, state("b", 1, 1)));
    ledger.apply(2, change(2, 1, state("c", 1, 1)));

    assertThat(ledger.groups().keySet()).containsExactlyInAnyOrder(key("b"), key("c"));
    assertThat(ledger.lastRows()).containsExactly(ROW, ROW);
  }

  @Test
  void part_ofAnEpochThatWasCutOff_isForgottenAlsoIfTheNextFits() {
    ledger.hold(0, change(1, 1, state("a", 1, 1)));
    ledger.apply(1, change(2, 1, state("c", 1, 0)));

    assertThat(ledger.groups().keySet()).containsExactly(key("c"));
    assertThat(ledger.lastRows()).isEmpty();
  }

  @Test
  void snapshotPart_betweenTheParts_keepsTheOrder() {
    ledger.hold(0, change(1, 1, state("a", 2, 0)));
    ledger.restore(
        new SnapshotPart(List.of(new SnapshotPart.Group(key("a"), entry(1, null))), true));
    ledger.apply(1, change(1, 1));

    assertThat(ledger.entry(key("a"))).isEqualTo(entry(2, null));
  }

  @Test
  void inputs_areSplitBetweenGroupsAndEvents() {
    GroupInputs hot = new GroupInputs(key("a"), Collections.nCopies(20, ROW));
    GroupInputs cold = new GroupInputs(key("b"), List.of(ROW));

    List<ShardInputs> parts = new ShardInputs(3, 7, List.of(hot, cold)).split(64);

    assertThat(parts).allSatisfy(part -> assertThat(part.size()).isLessThanOrEqualTo(64));
    assertThat(parts).allMatch(part -> part.incarnation() == 3 && part.epoch() == 7);
    assertThat(events(parts, "a")).isEqualTo(hot.events());
    assertThat(events(parts, "b")).isEqualTo(cold.events());
  }

  private static List<StoredValue> events(List<ShardInputs> parts, String key) {
    List<StoredValue> events = new ArrayList<>();
    for (ShardInputs part : parts) {
      for (GroupInputs group : part.groups()) {
        if (group.key().equals(key(key))) {
          events.addAll(group.events());
        }
      }
    }
    return events;
  }

  private static ShardLedger applied(List<ShardChange> parts) {
    ShardLedger applied = new ShardLedger(PROCESSING_TIME);
    int last = parts.size() - 1;
    for (int number = 0; number < last; number++) {
      applied.hold(number, parts.get(number));
    }
    applied.apply(last, parts.get(last));
    return applied;
  }

  private static List<StoredValue> rows(List<ShardChange> parts) {
    return applied(parts).lastRows();
  }

  private static ShardChange change(long incarnation, long epoch, GroupChange... groups) {
    return new ShardChange(incarnation, epoch, List.of(groups));
  }

  /** Takes 16 bytes and 7 a row. */
  private static GroupChange state(String key, int state, int rows) {
    byte[] bytes = TestCodecs.NUMBERS.write(state);
    return new GroupChange(key(key), Effect.STATE, bytes, null, Collections.nCopies(rows, ROW));
  }
}
