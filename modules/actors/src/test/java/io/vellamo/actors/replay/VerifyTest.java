package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static io.vellamo.actors.replay.VisitRuns.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.replay.Finding;
import io.vellamo.replay.Finding.Kind;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.VerifyReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of journals as queries leave them, and of damaged ones. */
final class VerifyTest {
  private static final String ONE_SHARD = "\nvellamo.query.shards = 1";

  @TempDir private Path directory;

  @Test
  void journal_ofManyEpochsSnapshotsAndRuns_isRight() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("whole"));
    runTwice(runs, SNAPSHOT_OFTEN + KEEP_HISTORY);

    try (VisitRuns.Run run = runs.start("")) {
      VerifyReport report = get(run.replay().verify(NAME));

      assertThat(report.findings()).isEmpty();
      assertThat(report.isRight()).isTrue();
      assertThat(report.knownFromEpoch()).isZero();
      assertThat(report.shards()).isEqualTo(2);
      assertThat(report.recoveredShards()).isEqualTo(2);
      assertThat(report.epochs()).isGreaterThan(40);
      assertThat(report.snapshotGroups()).isPositive();
      assertThat(report.liveShards()).isZero();
    }
  }

  @Test
  void journal_withoutItsBeginning_isRightAsFarAsItGoes() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("truncated"));
    runTwice(runs, SNAPSHOT_OFTEN);

    try (VisitRuns.Run run = runs.start("")) {
      VerifyReport report = get(run.replay().verify(NAME));

      assertThat(report.findings()).isEmpty();
      assertThat(report.knownFromEpoch()).isPositive();
    }
  }

  @Test
  void runningQuery_isComparedWithItsJournal_betweenEpochs() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("live"));
    try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN)) {
      StreamingQuery query = run.query();
      for (int epoch = 0; epoch < 20; epoch++) {
        runs.epoch(query, click("u" + epoch % 7, epoch), click("v" + epoch, epoch));
        VerifyReport report = get(run.verifyRunning());

        assertThat(report.findings()).isEmpty();
        assertThat(report.liveShards()).isEqualTo(2);
      }
      query.stop();
      assertThat(get(run.verifyRunning()).liveShards()).isZero();
    }
  }

  @Test
  void runningShards_thatDiffer_areFound() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("live"));
    try (VisitRuns.Run run = runs.start(ONE_SHARD)) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1));
      runs.epoch(query, click("ann", 2));
      query.stop();

      ShardDigest other = new ShardDigest(1, 5, 0, 0);
      ShardDigest ahead = new ShardDigest(9, 1, 0, 0);

      assertThat(get(run.replay().verify(NAME, running(other))).findings())
          .extracting(Finding::message)
          .containsExactly(
              "the running shard keeps [5] groups, the journal [1]; keys or contents differ");
      assertThat(get(run.replay().verify(NAME, running(ahead))).findings())
          .extracting(Finding::message)
          .containsExactly("the running shard holds epoch [9], its journal ends with [3]");
    }
  }

  @Test
  void alteredState_isFoundByTheSnapshotsBehindIt() throws Exception {
    List<Finding> findings =
        damaged(records -> replace(records, third(records), VerifyTest::withOtherStates));

    assertThat(findings).isNotEmpty();
    assertThat(findings).extracting(Finding::kind).containsOnly(Kind.SNAPSHOT_DIFFERS);
    assertThat(findings.get(0).key()).isNotNull();
    assertThat(findings.get(0).message())
        .isEqualTo("a snapshot of the group differs: it has another state than the epochs made");
  }

  @Test
  void recordThatIsGone_isFoundByTheSnapshotsBehindIt() throws Exception {
    assertThat(damaged(records -> without(records, third(records))))
        .extracting(Finding::kind)
        .contains(Kind.SNAPSHOT_DIFFERS);
  }

  @Test
  void recordThatIsThereTwice_isFound() throws Exception {
    List<Finding> findings =
        damaged(
            records -> {
              List<JournalRecord> twice = new ArrayList<>(records);
              twice.add(third(records) + 1, records.get(third(records)));
              return twice;
            });

    assertThat(findings).extracting(Finding::kind).containsOnlyOnce(Kind.EPOCH_ORDER);
  }

  @Test
  void closingRecordThatIsGone_isFound() throws Exception {
    List<Finding> findings =
        damaged(
            records ->
                replace(
                    records,
                    third(records),
                    record -> new ShardChangedPart(0, ((ShardChanged) record).change())));

    assertThat(findings).extracting(Finding::kind).contains(Kind.UNCLOSED_EPOCH);
    assertThat(findings)
        .extracting(Finding::message)
        .anySatisfy(
            message -> assertThat(message).endsWith("has no closing record, and its run went on"));
  }

  @Test
  void groupInAnotherShard_andEpochsThatWereNeverPlanned_areFound() throws Exception {
    GroupKey astray = GroupKey.of("\u0001ann".getBytes(StandardCharsets.UTF_8));
    int right = astray.shard(2);
    VisitRuns runs = new VisitRuns(directory.resolve("astray"));
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1));
      query.stop();
      List<JournalRecord> shard =
          JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 0, right));
      ShardChange change = ((ShardChanged) shard.get(1)).change();
      JournalScribe.write(
          run.system(),
          PersistenceIds.shard(NAME, 0, 1 - right),
          List.of(new ShardChanged(new ShardChange(1, 100, change.groups()))));

      assertThat(get(run.replay().verify(NAME)).findings())
          .extracting(Finding::message)
          .containsExactlyInAnyOrder(
              "the group belongs to shard [%d]".formatted(right),
              "the shard holds epoch [100], the query has planned up to [2]");
    }
  }

  @Test
  void activationThatComesTwice_isFound() throws Exception {
    List<Finding> findings =
        damaged(records -> replace(records, 0, record -> new ShardOwned(9, 1)));

    assertThat(findings)
        .extracting(Finding::message)
        .contains("activation [2] of the shard comes after activation [9]");
  }

  @Test
  void queryWithoutACommit_isFound() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("from"));
    runTwice(runs, ONE_SHARD + KEEP_HISTORY);
    List<JournalRecord> query;
    try (VisitRuns.Run run = runs.start(ONE_SHARD)) {
      query = JournalScribe.read(run.system(), PersistenceIds.query(NAME));
    }
    int commit = 0;
    while (!(query.get(commit) instanceof EpochCommitted)) {
      commit++;
    }
    try (VisitRuns.Run copy = new VisitRuns(directory.resolve("to")).start(ONE_SHARD)) {
      JournalScribe.write(copy.system(), PersistenceIds.query(NAME), without(query, commit));

      assertThat(get(copy.replay().verify(NAME)).findings())
          .extracting(Finding::kind)
          .contains(Kind.QUERY_RECORDS);
    }
  }

  /** Returns the place of the third epoch. */
  private static int third(List<JournalRecord> records) {
    int place = -1;
    for (int count = 0; count < 3; count += records.get(place) instanceof ShardChanged ? 1 : 0) {
      place++;
    }
    return place;
  }

  /** Copies the journal of a query with its shard's records changed; returns what is found. */
  private List<Finding> damaged(UnaryOperator<List<JournalRecord>> damage) throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("from"));
    runTwice(runs, ONE_SHARD + SNAPSHOT_OFTEN + KEEP_HISTORY);
    List<JournalRecord> query;
    List<JournalRecord> shard;
    try (VisitRuns.Run run = runs.start(ONE_SHARD)) {
      query = JournalScribe.read(run.system(), PersistenceIds.query(NAME));
      shard = JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 0, 0));
    }
    assertThat(shard).hasAtLeastOneElementOfType(ShardSnapshotPart.class);
    try (VisitRuns.Run copy = new VisitRuns(directory.resolve("to")).start(ONE_SHARD)) {
      JournalScribe.write(copy.system(), PersistenceIds.query(NAME), query);
      JournalScribe.write(copy.system(), PersistenceIds.shard(NAME, 0, 0), damage.apply(shard));
      JournalReplay replay = copy.replay();
      return get(replay.verify(NAME)).findings();
    }
  }

  /** Runs twenty epochs with users that stay and users that go. */
  private static void runTwice(VisitRuns runs, String settings) throws Exception {
    for (int time = 0; time < 2; time++) {
      try (VisitRuns.Run run = runs.start(settings)) {
        StreamingQuery query = run.query();
        for (int epoch = 1; epoch <= 10; epoch++) {
          long second = 10L * time + epoch;
          runs.epoch(
              query, click("stays", second), click("also", second), click("goes" + second, second));
        }
        query.stop();
      }
    }
  }

  private static JournalRecord withOtherStates(JournalRecord record) {
    ShardChange change = ((ShardChanged) record).change();
    List<GroupChange> groups =
        change.groups().stream()
            .map(
                group ->
                    group.state() == null
                        ? group
                        : new GroupChange(
                            group.key(),
                            group.effect(),
                            new byte[] {1},
                            group.timeoutMillis(),
                            group.rows()))
            .toList();
    return new ShardChanged(new ShardChange(change.incarnation(), change.epoch(), groups));
  }

  private static List<JournalRecord> replace(
      List<JournalRecord> records, int place, UnaryOperator<JournalRecord> by) {
    List<JournalRecord> replaced = new ArrayList<>(records);
    replaced.set(place, by.apply(records.get(place)));
    return replaced;
  }

  private static List<JournalRecord> without(List<JournalRecord> records, int place) {
    List<JournalRecord> rest = new ArrayList<>(records);
    rest.remove(place);
    return rest;
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
