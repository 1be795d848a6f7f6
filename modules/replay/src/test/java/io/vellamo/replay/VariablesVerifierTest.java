package io.vellamo.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Findings about entries of variables, whose snapshot is spread over parts. */
final class VariablesVerifierTest {
  private static final GroupKey ANN = GroupKey.of("\u0001ann".getBytes(UTF_8));
  private static final SlotType LIST = new SlotType(Kind.LIST, null);
  private static final SlotType MAP = new SlotType(Kind.MAP, null);
  private static final SlotType TIMERS = new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME);
  private static final QueryCreated CREATED =
      new QueryCreated(
          new UUID(0, 1),
          1,
          List.of(
              new CreatedOperator(
                  "process",
                  GroupStateTimeout.NONE,
                  true,
                  List.of(
                      new CreatedVariable("open", MAP),
                      new CreatedVariable("recent", LIST),
                      new CreatedVariable("due", TIMERS)))),
          1,
          WatermarkPolicy.MIN);

  // All entries are of the first epoch, and a recovery begins after it.
  private final List<VariableChange> contents =
      List.of(
          put(0, MAP, "a", 0, 7),
          put(0, MAP, "b", 1, 8),
          put(1, LIST, "", 0, 1),
          put(1, LIST, "", 1, 2),
          put(2, TIMERS, "t", 0, -1));

  @Test
  void partsWithAllEntries_areRight() {
    assertThat(findings(contents.subList(0, 1), contents.subList(1, 4), contents.subList(4, 5)))
        .isEmpty();
  }

  @Test
  void mapEntryThatIsMissing_isNamed() {
    assertThat(findings(contents.subList(0, 1), contents.subList(2, 5)))
        .containsExactly(
            "a recovery of the group differs: it has no entry [\"b\"] of variable [open], the"
                + " epochs made one");
  }

  @Test
  void elementThatIsMissing_isNamed() {
    assertThat(findings(contents.subList(0, 3), contents.subList(4, 5)))
        .containsExactly(
            "a recovery of the group differs: it has no element [1] of variable [recent], the"
                + " epochs made one");
  }

  @Test
  void timerThatIsMissing_isNamed() {
    assertThat(findings(contents.subList(0, 4)))
        .containsExactly(
            "a recovery of the group differs: it has [0] entries of variable [due], the epochs"
                + " made [1]");
  }

  @Test
  void entriesInAnotherOrder_areFound() {
    assertThat(
            findings(
                List.of(put(0, MAP, "a", 1, 7), put(0, MAP, "b", 0, 8)), contents.subList(2, 5)))
        .containsExactly(
            "a recovery of the group differs: the entries of variable [open] are in another order"
                + " than the epochs made");
  }

  @Test
  void entryThatTheEpochsDidNotMake_isFoundInTheSnapshot() {
    assertThat(findings(contents, List.of(put(1, LIST, "", 5, 9))))
        .contains(
            "a snapshot of the group differs: it has element [5] of variable [recent], the epochs"
                + " made none");
  }

  @Test
  void elementOfAnotherValue_isFoundInTheSnapshot() {
    assertThat(findings(contents.subList(0, 3), List.of(put(1, LIST, "", 1, 9))))
        .contains(
            "a snapshot of the group differs: element [1] of variable [recent] has another value"
                + " than the epochs made");
  }

  @SafeVarargs
  private List<String> findings(List<VariableChange>... parts) {
    List<ShardRecord> records = new ArrayList<>();
    records.add(new ShardOwned(1, 1));
    records.add(changed(1, GroupChange.of(ANN, contents, List.of())));
    records.add(changed(2));
    for (int i = 0; i < parts.length; i++) {
      SnapshotPart.Group piece = new SnapshotPart.Group(ANN, GroupEntry.EMPTY, parts[i]);
      records.add(
          new ShardSnapshotPart(1, new SnapshotPart(List.of(piece), i == parts.length - 1)));
    }
    records.add(new SnapshotMark(2));
    GroupForms forms = new GroupForms(new JsonForms(Layouts.NONE), CREATED.operatorOf(0), 1);
    ShardVerifier verifier = new ShardVerifier(0, CREATED, forms, 2, null);
    ShardScan scan = new ShardScan(PersistenceIds.shard("orders", 0, 0), verifier);
    for (ShardRecord record : records) {
      scan.accept(new JournalEntry<>(records.indexOf(record) + 1, 1, record));
    }
    verifier.end(scan.openEpoch(), 2);
    assertThat(verifier.snapshotGroups()).isEqualTo(1);
    return verifier.findings().kept().stream().map(Finding::message).toList();
  }

  private static ShardRecord changed(long epoch, GroupChange... groups) {
    return new ShardChanged(new ShardChange(1, epoch, List.of(groups)));
  }

  /** A put of a key as the standard codec writes it; {@code value} is also the due time. */
  private static Put put(int variable, SlotType type, String key, long number, int value) {
    EntryKey entryKey =
        key.isEmpty() ? EntryKey.NONE : EntryKey.of(("\u0001" + key).getBytes(UTF_8));
    byte[] bytes = value < 0 ? new byte[0] : new byte[] {(byte) value};
    long dueMillis = type.domain() == null ? SlotEntry.NEVER : value;
    return new Put(variable, type, new SlotEntry(entryKey, number, bytes, dueMillis));
  }
}
