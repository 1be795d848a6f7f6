package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.OrderRuns.NAME;
import static io.vellamo.actors.replay.Orders.placed;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.replay.Finding;
import io.vellamo.replay.Finding.Kind;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of a processor, sound and damaged ones, and what a check finds in them. */
final class VariablesVerifyTest {
  private static final String ONE_SHARD = "\nvellamo.query.shards = 1";
  private static final String SPLIT =
      "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";

  @TempDir private Path directory;

  @Test
  void runningShards_areRightAfterEachEpochAndRestart() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    for (int restart = 0; restart < 3; restart++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + SPLIT)) {
        StreamingQuery query = runs.query(run, new Orders(10));
        for (int epoch = 0; epoch < 5; epoch++) {
          long second = 20L * restart + 3L * epoch;
          for (int order = 0; order < 3; order++) {
            runs.orders.add(placed("anna", "o" + second + "-" + order, second));
          }
          runs.epoch(query, placed("bert", "o", second));

          VerifyReport live = get(run.verifyRunning(NAME));
          assertThat(live.findings()).isEmpty();
          assertThat(live.liveShards()).isEqualTo(2);
        }
        query.stop();
      }
    }
  }

  @Test
  void droppedVariable_withSnapshotsBeforeAndAfter_isNoFinding() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    count(runs, Tally.of("old", "both"));
    count(runs, Tally.of("both"));

    try (VisitRuns.Run run = runs.start(ONE_SHARD + SNAPSHOT_OFTEN + KEEP_HISTORY)) {
      StreamingQuery query = runs.query(run, Tally.of("both"));
      runs.epoch(query, placed("bert", "o", 1));

      VerifyReport live = get(run.verifyRunning(NAME));
      assertThat(live.findings()).isEmpty();
      assertThat(live.liveShards()).isEqualTo(1);
      query.stop();
    }
  }

  @Test
  void snapshotOfAnotherEntry_isFoundWithVariableAndEntry() throws Exception {
    List<Finding> findings =
        damaged(
            record ->
                record instanceof ShardSnapshotPart part
                    ? new ShardSnapshotPart(part.owner(), changed(part.part()))
                    : record);

    assertThat(findings)
        .filteredOn(finding -> finding.kind() == Kind.SNAPSHOT_DIFFERS)
        .anySatisfy(
            finding -> {
              assertThat(finding.key()).isEqualTo(TextNode.valueOf("anna"));
              assertThat(finding.message())
                  .isEqualTo(
                      "a snapshot of the group differs: entry [\"o0-1\"] of variable [open] has"
                          + " another value than the epochs made");
            });
  }

  @Test
  void timerOfAnEpochAtAnotherTime_isFoundByTheSnapshots() throws Exception {
    List<Finding> findings =
        damaged(
            record ->
                record instanceof ShardChanged changed
                    ? new ShardChanged(changed.part(), withLaterTimers(changed.change()))
                    : record instanceof ShardChangedPart part
                        ? new ShardChangedPart(part.part(), withLaterTimers(part.change()))
                        : record);

    assertThat(findings)
        .extracting(Finding::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .isEqualTo(
                        "a snapshot of the group differs: timer [due] with tag [o0-0] is due at"
                            + " [1970-01-01T00:16:40Z], the epochs made [1970-01-01T00:16:40.001Z]"));
  }

  private void count(OrderRuns runs, Tally tally) throws Exception {
    try (VisitRuns.Run run = runs.start(ONE_SHARD + SNAPSHOT_OFTEN + KEEP_HISTORY)) {
      StreamingQuery query = runs.query(run, tally);
      for (int epoch = 0; epoch < 5; epoch++) {
        runs.epoch(query, placed(epoch == 0 ? "anna" : "bert", "o", 1));
      }
      query.stop();
    }
  }

  /** Copies the journal of a query with its shard's records changed; returns what is found. */
  private List<Finding> damaged(UnaryOperator<JournalRecord> damage) throws Exception {
    OrderRuns runs = new OrderRuns(directory.resolve("from"));
    String settings = ONE_SHARD + SNAPSHOT_OFTEN + KEEP_HISTORY + SPLIT;
    List<JournalRecord> query;
    List<JournalRecord> shard;
    try (VisitRuns.Run run = runs.start(settings)) {
      StreamingQuery running = runs.query(run, new Orders(1_000));
      for (int epoch = 0; epoch < 6; epoch++) {
        for (int order = 0; order < 6; order++) {
          runs.orders.add(placed("anna", "o" + epoch + "-" + order, epoch));
        }
        runs.epoch(running, placed("bert", "o", epoch));
      }
      running.stop();
      query = JournalScribe.read(run.system(), PersistenceIds.query(NAME));
      shard = JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 0, 0));
    }
    assertThat(shard).hasAtLeastOneElementOfType(ShardSnapshotPart.class);
    try (VisitRuns.Run copy = new OrderRuns(directory.resolve("to")).start(ONE_SHARD)) {
      JournalScribe.write(copy.system(), PersistenceIds.query(NAME), query);
      JournalScribe.write(
          copy.system(), PersistenceIds.shard(NAME, 0, 0), shard.stream().map(damage).toList());
      return get(copy.replay().verify(NAME)).findings();
    }
  }

  private static SnapshotPart changed(SnapshotPart part) {
    return changed(
        part,
        put ->
            isOf(put, "o0-1") && put.entry().value().length > 0
                ? with(put, new byte[] {1}, put.entry().dueMillis())
                : put);
  }

  private static boolean isOf(Put put, String order) {
    return new String(put.entry().key().bytes(), UTF_8).endsWith(order);
  }

  private static SnapshotPart changed(SnapshotPart part, UnaryOperator<Put> by) {
    return new SnapshotPart(
        part.groups().stream()
            .map(
                group ->
                    new SnapshotPart.Group(
                        group.key(), group.entry(), changed(group.contents(), by)))
            .toList(),
        part.last());
  }

  private static List<VariableChange> changed(List<VariableChange> changes, UnaryOperator<Put> by) {
    List<VariableChange> after = new ArrayList<>();
    for (VariableChange change : changes) {
      after.add(change instanceof Put put ? by.apply(put) : change);
    }
    return after;
  }

  private static ShardChange withLaterTimers(ShardChange change) {
    List<GroupChange> groups = new ArrayList<>();
    for (GroupChange group : change.groups()) {
      List<VariableChange> changes =
          changed(
              group.variables(),
              put ->
                  isOf(put, "o0-0") && put.entry().value().length == 0
                      ? with(put, put.entry().value(), put.entry().dueMillis() + 1)
                      : put);
      groups.add(GroupChange.of(group.key(), changes, group.rows()));
    }
    return new ShardChange(change.incarnation(), change.epoch(), groups, change.expired());
  }

  private static Put with(Put put, byte[] value, long dueMillis) {
    SlotEntry entry = put.entry();
    return new Put(
        put.variable(), put.type(), new SlotEntry(entry.key(), entry.number(), value, dueMillis));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
