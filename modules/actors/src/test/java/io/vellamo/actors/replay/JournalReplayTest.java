package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.GroupAt;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.GroupList;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.KeySearch;
import io.vellamo.replay.QueryDetails;
import io.vellamo.replay.QueryOverview;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import io.vellamo.replay.ShardAt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a query in its journal. */
final class JournalReplayTest {
  private static final ReplayKey ANN = ReplayKey.of("ann");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void query_tellsOfItselfAndItsShards_whileItRuns() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);

      QueryDetails details = get(run.replay().query(NAME));
      QueryOverview overview = details.query();

      assertThat(get(run.replay().queries())).containsExactly(overview);
      assertThat(overview.shards()).isEqualTo(2);
      assertThat(overview.operators())
          .containsExactly(
              new QueryOverview.Operator(
                  "flatMapGroupsWithState", GroupStateTimeout.EVENT_TIME, false, List.of()));
      assertThat(overview.runs()).isEqualTo(1);
      assertThat(overview.firstEpoch()).isEqualTo(1);
      assertThat(overview.committedEpoch()).isEqualTo(lastEpoch(query));
      assertThat(overview.watermark()).isEqualTo(Instant.ofEpochSecond(25));
      assertThat(overview.events().processed()).isEqualTo(4);
      assertThat(details.groups()).isEqualTo(2);
      assertThat(details.knownFromEpoch()).isZero();
      query.stop();
    }
  }

  @Test
  void group_isShownAtEpochsTimesAndNow() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);
      JournalReplay replay = run.replay();

      GroupAt first = get(replay.group(NAME, ANN, ReplayPoint.epoch(1)));
      GroupAt byTime =
          get(replay.group(NAME, ANN, ReplayPoint.time(Instant.ofEpochSecond(1_000_001))));
      GroupAt now = get(replay.group(NAME, ANN, ReplayPoint.now()));

      assertThat(first.group().state())
          .isEqualTo(JSON.readTree("{\"first\":1,\"last\":1,\"clicks\":1}"));
      assertThat(first.group().timeout()).isEqualTo(Instant.ofEpochSecond(11));
      assertThat(first.lastChanged()).isEqualTo(1);
      assertThat(byTime.group().state()).isEqualTo(first.group().state());
      assertThat(now.group().exists()).isFalse();
      assertThat(now.lastChanged()).isNotNull();
      assertThat(get(replay.group(NAME, ANN, ReplayPoint.epoch(0))).group().exists()).isFalse();
      query.stop();
    }
  }

  @Test
  void shard_isShownWithItsGroupsAndLastRows() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("vellamo.query.shards = 1")) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);

      ShardAt now = get(run.replay().shard(NAME, 0, ReplayPoint.now(), 1));

      assertThat(now.groupCount()).isEqualTo(2);
      assertThat(now.groups()).hasSize(1);
      assertThat(now.groups().get(0).key().textValue()).isEqualTo("bob");
      assertThat(now.lastRows())
          .containsExactly(JSON.readTree("{\"user\":\"ann\",\"first\":1,\"last\":3,\"clicks\":2}"));
      query.stop();
    }
  }

  @Test
  void history_tellsEachEpochOfAGroup() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS)) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);

      GroupHistory history = get(run.replay().history(NAME, ANN, 10));
      GroupHistory last = get(run.replay().history(NAME, ANN, 1));

      assertThat(history.knownFromEpoch()).isZero();
      assertThat(history.epochs())
          .extracting(GroupEpoch::effect)
          .containsExactly(
              GroupEpoch.Effect.STATE, GroupEpoch.Effect.STATE, GroupEpoch.Effect.REMOVED);
      assertThat(history.epochs().get(0).inputs())
          .containsExactly(JSON.readTree("{\"user\":\"ann\",\"second\":1}"));
      assertThat(history.epochs().get(0).processingTime())
          .isEqualTo(Instant.ofEpochSecond(1_000_001));
      assertThat(history.epochs().get(2).inputs()).isNull();
      assertThat(history.epochs().get(2).rows()).hasSize(1);
      assertThat(last.epochCount()).isEqualTo(3);
      assertThat(last.epochs()).containsExactly(history.epochs().get(2));
      query.stop();
    }
  }

  @Test
  void journal_withoutItsBeginning_saysFromWhereItIsKnown() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + "\nvellamo.query.shards = 1")) {
      JournalReplay replay = run.replay();
      StreamingQuery query = run.query();
      await()
          .untilAsserted(
              () -> {
                runs.epoch(query, click("ann", 1), click("bob", 1));
                assertThat(get(replay.query(NAME)).knownFromEpoch()).isPositive();
              });
      GroupAt now = get(replay.group(NAME, ANN, ReplayPoint.now()));
      long known = get(replay.query(NAME)).shards().get(now.shard()).knownFromEpoch();

      assertThat(Objects.requireNonNull(now.group().state()).get("clicks").longValue())
          .isEqualTo(lastDataEpoch(runs));
      assertThat(get(replay.history(NAME, ANN, 1000)).knownFromEpoch()).isEqualTo(known);
      assertThatThrownBy(() -> get(replay.group(NAME, ANN, ReplayPoint.epoch(0))))
          .hasMessageContaining(
              "is known from epoch [%d] on, was [0]; set vellamo.journal.history to all"
                  .formatted(known));
      query.stop();
    }
  }

  @Test
  void groups_areListedByPrefix() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1), click("anna", 1), click("bob", 1));

      GroupList an = get(run.replay().groups(NAME, "an", 1));

      assertThat(an.groupCount()).isEqualTo(2);
      assertThat(an.groups()).hasSize(1);
      assertThat(get(run.replay().groups(NAME, "", 10)).groupCount()).isEqualTo(3);
      query.stop();
    }
  }

  @Test
  void findKey_findsGroupsThatAreGone_andSuggestsOthers() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY)) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);

      KeySearch found = get(run.replay().findKey(NAME, "ann"));
      KeySearch quoted = get(run.replay().findKey(NAME, "\"ann\""));
      KeySearch missing = get(run.replay().findKey(NAME, "Anna"));

      assertThat(found.key()).isEqualTo(ANN);
      assertThat(quoted.key()).isEqualTo(ANN);
      assertThat(missing.key()).isNull();
      assertThat(missing.similar()).containsExactly("ann");
      query.stop();
    }
  }

  @Test
  void whatIsNotThere_isRefusedWithWhatIs() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      threeEpochs(runs, query);
      JournalReplay replay = run.replay();
      long last = lastEpoch(query);

      assertThatThrownBy(() -> get(replay.query("other")))
          .hasMessageContaining(
              "query must be one that the journal knows, was [other]; it knows [visits]");
      assertThatThrownBy(() -> get(replay.group(NAME, ANN, ReplayPoint.epoch(last + 1))))
          .hasMessageContaining(
              "epoch must be at most [%d], the last that was planned, was [%d]"
                  .formatted(last, last + 1));
      assertThatThrownBy(() -> get(replay.shard(NAME, 2, ReplayPoint.now(), 1)))
          .hasMessageContaining("shard must be from 0 to 1, was [2]");
      query.stop();
    }
  }

  private static void threeEpochs(VisitRuns runs, StreamingQuery query) throws Exception {
    runs.epoch(query, click("ann", 1));
    runs.epoch(query, click("ann", 3), click("bob", 15));
    runs.epoch(query, click("eve", 30));
  }

  private static long lastEpoch(StreamingQuery query) {
    return query.lastProgress().orElseThrow().epoch();
  }

  private static long lastDataEpoch(VisitRuns runs) {
    return runs.clock.instant().getEpochSecond() - 1_000_000;
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
