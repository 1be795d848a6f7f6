package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.GAP;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.actors.replay.Visits.Open;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.ReshardRecord;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.JournalReshard;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import io.vellamo.replay.ReshardReport;
import io.vellamo.replay.ReshardReport.Outcome;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the number of a query's shards. */
final class ReshardTest {
  private static final String THREE = "\nvellamo.query.shards = 3";
  private static final int USERS = 40;
  private static final long BAD = 7;

  @TempDir private Path directory;
  private VisitRuns runs;

  @BeforeEach
  void createRuns() {
    runs = new VisitRuns(directory);
  }

  @Test
  void groups_areTheSameInTheNewShards_andTheQueryGoesOn() throws Exception {
    fill(SNAPSHOT_OFTEN);
    try (VisitRuns.Run run = runs.start("")) {
      List<GroupView> before = groups(run.replay());
      ReshardReport report = get(JournalReshard.on(run.system()).change(NAME, 3));

      assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
      assertThat(report.groups()).isEqualTo(before.size());
      assertThat(report.removedJournals()).isEqualTo(2);
      assertThat(report.leastGroups()).isPositive();
      assertThat(groups(run.replay())).isEqualTo(before).isNotEmpty();
      VerifyReport verified = get(run.replay().verify(NAME));
      assertThat(verified.findings()).isEmpty();
      assertThat(verified.shards()).isEqualTo(3);
      assertThat(verified.knownFromEpoch()).isEqualTo(report.epoch());
    }
    try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + THREE)) {
      closeAllVisits(run.query());
      assertThat(get(run.verifyRunning()).findings()).isEmpty();
    }
    assertThat(runs.visits.rows()).hasSize(USERS + 1);
    try (VisitRuns.Run run = runs.start(THREE)) {
      assertThat(get(run.replay().verify(NAME)).findings()).isEmpty();
    }
  }

  @Test
  void shards_changedTwiceAndBack_holdTheSameGroups() throws Exception {
    fill("");
    try (VisitRuns.Run run = runs.start("")) {
      List<GroupView> before = groups(run.replay());
      for (int shards : new int[] {16, 1, 2}) {
        get(JournalReshard.on(run.system()).change(NAME, shards));

        assertThat(groups(run.replay())).isEqualTo(before);
        assertThat(get(run.replay().verify(NAME)).shards()).isEqualTo(shards);
      }
    }
    try (VisitRuns.Run run = runs.start("")) {
      closeAllVisits(run.query());
    }
    assertThat(runs.visits.rows()).hasSize(USERS + 1);
  }

  @Test
  void variablesTimersAndEntries_areTheSameInTheNewShards() throws Exception {
    OrderRuns orders = new OrderRuns(directory);
    orders.random(5, new Orders(4), SNAPSHOT_OFTEN + "\nvellamo.journal.max-record-size = 200");
    try (VisitRuns.Run run = orders.start("\nvellamo.journal.max-record-size = 200")) {
      List<GroupView> before = groups(run.replay(), OrderRuns.NAME);
      get(JournalReshard.on(run.system()).change(OrderRuns.NAME, 5));

      assertThat(groups(run.replay(), OrderRuns.NAME)).isEqualTo(before).isNotEmpty();
      assertThat(before).anyMatch(group -> !group.variables().isEmpty());
    }
    try (VisitRuns.Run run = orders.start("\nvellamo.query.shards = 5")) {
      StreamingQuery query = orders.query(run, new Orders(4));
      orders.epoch(query, Orders.placed("c0", "o1", 500));
      assertThat(get(run.verifyRunning(OrderRuns.NAME)).findings()).isEmpty();
    }
  }

  @Test
  void parkedGroups_areParkedInTheNewShards_withTheirEvents() throws Exception {
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = parking(run, true);
      runs.epoch(query, click("ann", 1), click("bob", 1), click("cid", 2));
      runs.epoch(query, click("ann", BAD), click("bob", BAD));
      runs.epoch(query, click("ann", 8));
      query.stop();
    }
    try (VisitRuns.Run run = runs.start("")) {
      List<GroupView> before = groups(run.replay());
      ReshardReport report = get(JournalReshard.on(run.system()).change(NAME, 3));

      assertThat(report.parked()).isEqualTo(2);
      assertThat(groups(run.replay())).isEqualTo(before);
    }
    try (VisitRuns.Run run = runs.start(THREE)) {
      StreamingQuery query = parking(run, false);
      assertThat(query.parkedGroups().toCompletableFuture().join()).hasSize(2);
      query.redrive("ann").toCompletableFuture().join();
      query.processAllAvailable();
      assertThat(query.parkedGroups().toCompletableFuture().join()).hasSize(1);
    }
  }

  @Test
  void change_inDryRun_writesNothing() throws Exception {
    fill("");
    try (VisitRuns.Run run = runs.start("")) {
      List<JournalRecord> before = JournalScribe.read(run.system(), PersistenceIds.query(NAME));
      ReshardReport report = get(JournalReshard.on(run.system()).check(NAME, 3));

      assertThat(report.outcome()).isEqualTo(Outcome.POSSIBLE);
      assertThat(report.mostGroups()).isPositive();
      assertThat(JournalScribe.read(run.system(), PersistenceIds.query(NAME))).isEqualTo(before);
      assertThat(JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 1, 0))).isEmpty();
    }
  }

  @Test
  void change_whileAnEpochIsPlanned_isRefused() throws Exception {
    fill("");
    try (VisitRuns.Run run = runs.start("")) {
      long epoch = get(run.replay().query(NAME)).query().committedEpoch() + 1;
      EpochPlan plan =
          new EpochPlan(List.of(), new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE));
      JournalScribe.write(
          run.system(), PersistenceIds.query(NAME), List.of(new EpochPlanned(plan)));

      assertThatThrownBy(() -> get(JournalReshard.on(run.system()).change(NAME, 3)))
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("epoch [%d] is planned and not committed".formatted(epoch));
    }
  }

  @Test
  void unknownQuery_andImpossibleNumber_areRefused() throws Exception {
    fill("");
    try (VisitRuns.Run run = runs.start("")) {
      JournalReshard reshard = JournalReshard.on(run.system());

      assertThatThrownBy(() -> reshard.change(NAME, 1025))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("shards must be from 1 to [1024], was [1025]");
      assertThatThrownBy(() -> get(reshard.change("other", 3)))
          .hasMessageContaining("query must be one that the journal knows, was [other]");
    }
  }

  @Test
  void pointsBeforeTheChange_areUnknown_andHistoryBeginsWithIt() throws Exception {
    fill(KEEP_HISTORY);
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY)) {
      ReshardReport report = get(JournalReshard.on(run.system()).change(NAME, 3));
      JournalReplay replay = run.replay();

      assertThat(report.removedJournals()).isZero();
      assertThat(JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 0, 0))).isNotEmpty();
      assertThatThrownBy(() -> get(replay.group(NAME, ReplayKey.of("u1"), ReplayPoint.epoch(1))))
          .hasMessageContaining("is known from epoch [%d] on".formatted(report.epoch()));
      GroupHistory history = get(replay.history(NAME, ReplayKey.of("u1"), 10));
      assertThat(history.epochs())
          .extracting(GroupEpoch::effect)
          .containsExactly(GroupEpoch.Effect.SNAPSHOT);
    }
  }

  @Test
  @Timeout(120)
  void change_cutBeforeEachWrite_leavesOneLayoutInEffect_andIsCompletedByTheNext()
      throws Exception {
    fill(SNAPSHOT_OFTEN);
    try (VisitRuns.Run run = runs.start(CutJournal.SETTINGS)) {
      List<GroupView> before = groups(run.replay());
      int shards = 2;
      int cuts = 0;
      boolean isComplete = false;
      for (int writes = 0; !isComplete; writes++) {
        CutJournal.leave(Adapter.toClassic(run.system()), writes);
        try {
          ReshardReport report = get(JournalReshard.on(run.system()).change(NAME, 3));
          isComplete = report.outcome() == Outcome.CHANGED || report.removedJournals() > 0;
        } catch (CompletionException cut) {
          cuts++;
        }
        CutJournal.leave(Adapter.toClassic(run.system()), Long.MAX_VALUE);
        VerifyReport verified = get(run.replay().verify(NAME));
        assertThat(verified.findings()).as("cut after %d writes", writes).isEmpty();
        assertThat(verified.shards()).isGreaterThanOrEqualTo(shards);
        shards = verified.shards();
        assertThat(groups(run.replay())).as("cut after %d writes", writes).isEqualTo(before);
      }
      assertThat(cuts).isGreaterThan(15);
      assertThat(shards).isEqualTo(3);
      for (int generation = 0; generation < 15; generation++) {
        requireNothingOf(run, generation);
      }
      assertThat(get(JournalReshard.on(run.system()).change(NAME, 3)).outcome())
          .isEqualTo(Outcome.UNCHANGED);
    }
    try (VisitRuns.Run run = runs.start(THREE)) {
      closeAllVisits(run.query());
    }
    assertThat(runs.visits.rows()).hasSize(USERS + 1);
  }

  /** Checks that a generation has no records, unless it is in effect. */
  private static void requireNothingOf(VisitRuns.Run run, int generation) {
    List<JournalRecord> ofQuery = JournalScribe.read(run.system(), PersistenceIds.query(NAME));
    boolean isInEffect =
        ofQuery.stream()
            .anyMatch(
                record ->
                    record instanceof ReshardRecord.Ended ended
                        && ended.layout().generation() == generation);
    for (int shard = 0; shard < 3; shard++) {
      List<JournalRecord> records =
          JournalScribe.read(run.system(), PersistenceIds.shard(NAME, generation, shard));
      if (!isInEffect) {
        assertThat(records).as("shard %d of generation %d", shard, generation).isEmpty();
      }
    }
  }

  @Test
  void queryThatBeganMeanwhile_isNotAffected_andTheChangeFails() throws Exception {
    fill("");
    try (VisitRuns.Run run = runs.start("")) {
      List<GroupView> before = groups(run.replay());
      JournalReshard reshard =
          JournalReshard.on(run.system())
              .withProgress(
                  (done, shards) -> {
                    if (done == 7 && shards == 7) {
                      JournalScribe.write(
                          run.system(),
                          PersistenceIds.query(NAME),
                          List.of(new QueryResumed(9, "")));
                    }
                  });

      assertThatThrownBy(() -> get(reshard.change(NAME, 3)))
          .hasMessageContaining(
              "The journal of query [visits] must be written by nothing else while its shards are changed");
      assertThat(get(run.replay().verify(NAME)).shards()).isEqualTo(2);
      assertThat(groups(run.replay())).isEqualTo(before);
    }
  }

  /** Opens a visit of each user, and closes one. */
  private void fill(String settings) throws InterruptedException {
    try (VisitRuns.Run run = runs.start(settings)) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("first", 1));
      for (int user = 0; user < USERS; user++) {
        runs.epoch(query, click("u" + user, 30 + user / 10));
      }
      query.stop();
    }
  }

  private void closeAllVisits(StreamingQuery query) throws InterruptedException {
    runs.epoch(query, click("last", 1000));
    query.stop();
  }

  private StreamingQuery parking(VisitRuns.Run run, boolean isBroken) {
    Visits visits = new Visits(GAP);
    return Vellamo.get(run.system())
        .query(NAME)
        .from(runs.clicks)
        .withWatermark(
            (Click click) -> Instant.ofEpochSecond(click.second()), Duration.ofSeconds(5))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Open.class,
            (user, clicks, state) -> {
              List<Click> all = new ArrayList<>();
              clicks.forEachRemaining(all::add);
              if (isBroken && all.stream().anyMatch(click -> click.second() == BAD)) {
                throw new IllegalArgumentException("bad click");
              }
              return visits.call(user, all.iterator(), state);
            })
        .to(runs.visits)
        .onError(ErrorPolicy.park())
        .clock(runs.clock)
        .start();
  }

  private static List<GroupView> groups(JournalReplay replay) {
    return groups(replay, NAME);
  }

  private static List<GroupView> groups(JournalReplay replay, String query) {
    return get(replay.groups(query, "", 1000)).groups().stream()
        .sorted(Comparator.comparing(group -> group.key().toString()))
        .toList();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
