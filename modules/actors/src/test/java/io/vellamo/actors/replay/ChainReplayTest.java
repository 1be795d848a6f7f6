package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static io.vellamo.actors.replay.VisitRuns.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.codec.StandardKeyCodec;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.replay.Finding;
import io.vellamo.replay.GroupAt;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.KeySearch;
import io.vellamo.replay.ParkedView;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import io.vellamo.replay.ShardOverview;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals of queries with several stateful operators behind each other, read and checked. */
final class ChainReplayTest {
  private static final long BAD = 13;

  @TempDir private Path directory;
  private final MemorySink<Count> rows = MemorySink.create();

  record Count(String key, long count) {}

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void chain_overRestartsAndSnapshots_isRightWhileItRunsAndAfterwards(int operators)
      throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    for (int restart = 0; restart < 2; restart++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN)) {
        StreamingQuery query = query(runs, run, operators, ErrorPolicy.fail());
        for (int epoch = 0; epoch < 5; epoch++) {
          runs.epoch(query, clicks(epoch));
          VerifyReport live = get(run.verifyRunning());
          assertThat(live.findings()).isEmpty();
          assertThat(live.liveShards()).isEqualTo(2 * operators);
        }
        query.stop();

        VerifyReport ended = get(run.replay().verify(NAME));
        assertThat(ended.findings()).isEmpty();
        assertThat(ended.shards()).isEqualTo(2 * operators);
        assertThat(ended.groups()).isGreaterThanOrEqualTo(15);
      }
    }
  }

  @Test
  void groupInAnotherShardOfItsOperator_isFoundWithTheShardCountedThrough() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = query(runs, run, 2, ErrorPolicy.fail());
      runs.epoch(query, clicks(0));
      query.stop();
      GroupKey odd = new StandardKeyCodec().write("odd");
      int right = 2 + odd.shard(2);
      int wrong = 2 + (1 - odd.shard(2));
      ShardChanged change =
          JournalScribe.read(run.system(), PersistenceIds.shard(NAME, 0, right)).stream()
              .filter(ShardChanged.class::isInstance)
              .map(ShardChanged.class::cast)
              .findFirst()
              .orElseThrow();
      JournalScribe.write(
          run.system(), PersistenceIds.shard(NAME, 0, wrong), List.of(moved(change, odd)));

      assertThat(get(run.replay().verify(NAME)).findings())
          .filteredOn(finding -> finding.kind() == Finding.Kind.WRONG_SHARD)
          .extracting(Finding::shard, Finding::message)
          .containsExactly(tuple(wrong, "the group belongs to shard [%d]".formatted(right)));
    }
  }

  @Test
  void runningShard_ofALaterOperatorThatDiffers_isFound() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("\nvellamo.query.shards = 1")) {
      StreamingQuery query = query(runs, run, 2, ErrorPolicy.fail());
      runs.epoch(query, clicks(0));
      query.stop();
      List<ShardOverview> shards = get(run.replay().query(NAME)).shards();
      ShardDigest right = new ShardDigest(shards.get(0).lastEpoch(), 0, 0, 0);
      ShardDigest ahead = new ShardDigest(99, 1, 0, 0);

      assertThat(get(run.replay().verify(NAME, running(right, ahead))).findings())
          .extracting(Finding::shard)
          .contains(1);
    }
  }

  @Test
  void keyOfAnyOperator_isFoundAndShownInEach() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY + RECORD_INPUTS)) {
      StreamingQuery query = query(runs, run, 3, ErrorPolicy.fail());
      // A user who is called as a group of the second operator is.
      runs.epoch(query, click("even", 1), click("ann", 1));
      runs.epoch(query, click("even", 2), click("ann", 2));
      query.stop();
      JournalReplay replay = run.replay();

      ReplayKey ann = Objects.requireNonNull(get(replay.findKey(NAME, "ann")).key());
      ReplayKey even = Objects.requireNonNull(get(replay.findKey(NAME, "even")).key());

      assertThat(get(replay.groupInOperators(NAME, ann, ReplayPoint.now())))
          .extracting(group -> group.group().exists())
          .containsExactly(true, false, false);
      assertThat(get(replay.groupInOperators(NAME, even, ReplayPoint.now())))
          .extracting(group -> group.group().exists())
          .containsExactly(true, true, false);
      assertThat(get(replay.group(NAME, ann, ReplayPoint.now())).group().state()).isNotNull();
      assertThat(get(replay.group(NAME, even, ReplayPoint.now())).shard()).isBetween(2, 3);
      assertThat(get(replay.historyInOperators(NAME, even, 10)))
          .extracting(GroupHistory::epochCount)
          .containsExactly(2L, 1L, 0L);
      assertThat(get(replay.history(NAME, ann, 10)).epochCount()).isEqualTo(2);
    }
  }

  @Test
  void textThatIsAKeyOfAnotherType_inALaterOperator_isFoundToo() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = query(runs, run, 3, ErrorPolicy.fail());
      runs.epoch(query, click("2", 1), click("ann", 1));
      runs.epoch(query, click("2", 1), click("ann", 1));
      query.stop();

      KeySearch found = get(run.replay().findKey(NAME, "2"));

      assertThat(found.keys()).containsExactly(ReplayKey.of("2"), ReplayKey.of(2L));
    }
  }

  @Test
  void parkedGroup_ofALaterOperator_isShownWithTheEventsThatWait() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY)) {
      StreamingQuery query = query(runs, run, 2, ErrorPolicy.park());
      for (int i = 0; i <= BAD; i++) {
        runs.epoch(query, click("ann", i));
      }
      query.stop();
      JournalReplay replay = run.replay();
      ReplayKey odd = ReplayKey.of("odd");

      GroupAt group = get(replay.group(NAME, odd, ReplayPoint.now()));
      ParkedView parked = Objects.requireNonNull(group.group().parked());

      assertThat(group.operator()).isEqualTo("parity");
      assertThat(parked.error()).startsWith(IllegalStateException.class.getName() + " at ");
      assertThat(parked.events()).hasToString("[{\"key\":\"ann\",\"count\":13}]");
      assertThat(get(replay.history(NAME, odd, 1)).epochs())
          .extracting(GroupEpoch::parked)
          .containsExactly(parked.events());
      assertThat(get(replay.groups(NAME, "odd", 5)).groups())
          .extracting(GroupView::parked)
          .containsExactly(parked);
      assertThat(get(replay.shard(NAME, group.shard(), ReplayPoint.now(), 5)).groups())
          .extracting(GroupView::parked)
          .contains(parked);
      assertThat(get(replay.query(NAME)).shards().get(group.shard()).parked()).isEqualTo(1);
      assertThat(get(replay.verify(NAME)).findings()).isEmpty();
    }
  }

  @Test
  void parkedGroup_withoutState_isShown() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = query(runs, run, 1, ErrorPolicy.park());
      runs.epoch(query, click("bad", BAD), click("ann", 1));
      query.stop();
      JournalReplay replay = run.replay();

      ReplayKey bad = Objects.requireNonNull(get(replay.findKey(NAME, "bad")).key());

      GroupView group = get(replay.group(NAME, bad, ReplayPoint.now())).group();
      assertThat(group.exists()).isTrue();
      assertThat(group.state()).isNull();
      assertThat(get(replay.groups(NAME, "", 5)).groupCount()).isEqualTo(2);
    }
  }

  private StreamingQuery query(
      VisitRuns runs, VisitRuns.Run run, int operators, ErrorPolicy policy) {
    EventStream<Count> counts =
        counted(
            Vellamo.get(run.system())
                .query(NAME)
                .from(runs.clicks)
                .map(click -> new Count(click.user(), click.user().equals("bad") ? BAD : 1))
                .groupByKey(Count::key),
            "users");
    if (operators > 1) {
      counts =
          counted(counts.groupByKey(count -> count.count() % 2 == 0 ? "even" : "odd"), "parity");
    }
    if (operators > 2) {
      counts = counted(counts.groupByKey(Count::count), "counts");
    }
    return counts.to(rows).onError(policy).clock(runs.clock).start();
  }

  private static <K> EventStream<Count> counted(GroupedStream<K, Count> groups, String name) {
    return groups
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, ChainReplayTest::count)
        .named(name);
  }

  private static Iterator<Count> count(Object key, Iterator<Count> counts, GroupState<Long> state) {
    long count = state.optional().orElse(0L);
    String first = "";
    while (counts.hasNext()) {
      Count next = counts.next();
      if (next.count() == BAD) {
        throw new IllegalStateException("on purpose");
      }
      first = next.key();
      count++;
    }
    state.update(count);
    return List.of(new Count(first, count)).iterator();
  }

  private static Click[] clicks(int epoch) {
    Click[] clicks = new Click[10];
    for (int i = 0; i < clicks.length; i++) {
      clicks[i] = click("user-" + (i + epoch), epoch);
    }
    return clicks;
  }

  private static ShardChanged moved(ShardChanged change, GroupKey only) {
    return new ShardChanged(
        new ShardChange(
            change.change().incarnation(),
            change.change().epoch(),
            change.change().groups().stream().filter(group -> group.key().equals(only)).toList()));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
