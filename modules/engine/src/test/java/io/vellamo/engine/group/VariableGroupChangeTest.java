package io.vellamo.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Changes of groups with variables: combined, and cut in pieces. */
final class VariableGroupChangeTest {
  private static final GroupKey KEY = TestCodecs.key("k");
  private static final SlotType MAP = new SlotType(Kind.MAP, null);
  private static final StoredValue ROW = new StoredValue("row", new byte[20]);

  @Test
  void changesThatFollowARemoval_clearTheGroupFirst() {
    GroupChange removed = new GroupChange(KEY, Effect.REMOVED, null, null, List.of(ROW));

    GroupChange both = removed.then(put(1));

    assertThat(both.effect()).isEqualTo(Effect.VARIABLES);
    assertThat(both.variables()).hasSize(2).first().isInstanceOf(AllCleared.class);
    assertThat(both.rows()).containsExactly(ROW);
    assertThat(put(1).then(removed).effect()).isEqualTo(Effect.REMOVED);
  }

  @Test
  void changesOfVariables_followEachOther() {
    GroupChange both = put(1).then(put(2)).then(GroupChange.of(KEY, List.of(), List.of(ROW)));

    assertThat(both.variables()).hasSize(2);
    assertThat(both.rows()).containsExactly(ROW);
  }

  @Test
  void largeChange_isCutInPieces_thatTogetherAreEquivalent() {
    List<VariableChange> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.addAll(put(i).variables());
    }
    changes.add(new Removed(0, entryKey(3)));
    GroupChange change = GroupChange.of(KEY, changes, List.of(ROW, ROW, ROW));

    List<GroupChange> pieces = change.split(80);

    assertThat(pieces).hasSizeGreaterThan(4).allMatch(piece -> piece.size() <= 80);
    assertThat(pieces.stream().flatMap(piece -> piece.variables().stream())).hasSize(21);
    assertThat(pieces.stream().flatMap(piece -> piece.rows().stream())).hasSize(3);
    GroupEntry whole = change.applyTo(GroupEntry.EMPTY);
    GroupEntry joined = GroupEntry.EMPTY;
    for (GroupChange piece : pieces) {
      joined = piece.applyTo(joined);
    }
    assertThat(size(joined)).isEqualTo(19).isEqualTo(size(whole));
    assertThat(change.stateEpochAfter(GroupEntry.EMPTY, 7)).isEqualTo(GroupEntry.NO_EPOCH);
  }

  @Test
  void changeWithoutChangesOfVariables_isNone() {
    assertThat(GroupChange.of(KEY, List.of(), List.of()).isNothing()).isTrue();
    assertThat(put(1).isNothing()).isFalse();
  }

  private static int size(GroupEntry entry) {
    return Objects.requireNonNull(entry.variables().slot(0), "slot").size();
  }

  private static EntryKey entryKey(int number) {
    return EntryKey.of(new byte[] {(byte) number});
  }

  private static GroupChange put(int number) {
    SlotEntry entry = new SlotEntry(entryKey(number), number, new byte[4], SlotEntry.NEVER);
    return GroupChange.of(KEY, List.of(new Put(0, MAP, entry)), List.of());
  }
}
