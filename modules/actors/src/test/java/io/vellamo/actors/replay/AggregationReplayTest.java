package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.VariableView;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of aggregations: their states as JSON, their verification, and changed ones. */
final class AggregationReplayTest {
  private static final String NAME = "counts";
  private static final String RECORD_ALL = RECORD_INPUTS + KEEP_HISTORY + SNAPSHOT_OFTEN;
  private static final ReplayKey ANN = ReplayKey.of("ann");

  record Count(String user, long start, long clicks, long seconds) {}

  @TempDir private Path directory;
  private final MemorySink<Count> counts = MemorySink.create();

  @Test
  void slices_areShownByTheirStarts_withTheirBuffers() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    record(runs, clicks -> byWindows(clicks, Window.tumbling(Duration.ofSeconds(10)), 0));

    try (VisitRuns.Run run = runs.start("")) {
      GroupView group = get(run.replay().group(NAME, ANN, ReplayPoint.epoch(1))).group();

      assertThat(group.state())
          .hasToString(
              "{\"1970-01-01T00:00:10Z\":{\"count\":{\"count\":2},\"sumOfLongs\":{\"count\":2,\"sum\":25}},"
                  + "\"1970-01-01T00:00:20Z\":{\"count\":{\"count\":1},\"sumOfLongs\":{\"count\":1,\"sum\":21}}}");
      assertThat(group.timeout()).isEqualTo(Instant.ofEpochMilli(19_999));
    }
  }

  @Test
  void buffers_haveTheNamesOfAllTheirAggregates_andEachItsOwn() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    var seconds = Aggregates.statistics(Click::second);
    var mean = seconds.mean();
    var spread = seconds.stddev();
    var sum = Aggregates.sumOfLongs(Click::second);
    var other = Aggregates.sumOfLongs((Click click) -> 1);
    record(
        runs,
        clicks ->
            clicks
                .groupByKey(Click::user)
                .aggregate(sum, mean, other, spread)
                .as(row -> new Count(row.key(), 0, 0, 0))
                .outputMode(OutputMode.UPDATE));

    try (VisitRuns.Run run = runs.start("")) {
      JsonNode state = get(run.replay().group(NAME, ANN, ReplayPoint.now())).group().state();

      assertThat(Objects.requireNonNull(state, "state").fieldNames())
          .toIterable()
          .containsExactly("sumOfLongs", "mean, stddev", "sumOfLongs 2");
    }
  }

  @Test
  void manySlicesAndSessions_areEntriesByTime() throws Exception {
    VisitRuns runs = new VisitRuns(directory.resolve("slices"));
    var sliding = Window.sliding(Duration.ofSeconds(10), Duration.ofSeconds(1));
    record(runs, clicks -> byWindows(clicks, sliding, 0));
    try (VisitRuns.Run run = runs.start("")) {
      assertThat(get(run.replay().group(NAME, ANN, ReplayPoint.epoch(1))).group().variables())
          .first()
          .extracting(variable -> VariablesViewTest.words(variable))
          .asString()
          .startsWith(
              "slices-PT1S MAP: \"1970-01-01T00:00:12Z\"={\"count\":{\"count\":1},\"sumOfLongs\":{\"count\":1,\"sum\":12}}");
      GroupHistory history = get(run.replay().history(NAME, ANN, 10));
      assertThat(history.epochs())
          .flatExtracting(GroupEpoch::changes)
          .filteredOn(change -> change.kind() == VariableView.Kind.MAP)
          .isNotEmpty()
          .allSatisfy(
              change -> assertThat(change.key()).asString().startsWith("\"1970-01-01T00:00:"));
    }

    VisitRuns sessions = new VisitRuns(directory.resolve("sessions"));
    record(sessions, clicks -> byWindows(clicks, Window.session(Duration.ofSeconds(5)), 0));
    try (VisitRuns.Run run = sessions.start("")) {
      assertThat(get(run.replay().group(NAME, ANN, ReplayPoint.epoch(1))).group().variables())
          .first()
          .extracting(variable -> VariablesViewTest.words(variable))
          .asString()
          .isEqualTo(
              "sessions MAP: \"1970-01-01T00:00:12Z\"={\"end\":\"1970-01-01T00:00:18Z\","
                  + "\"count\":{\"count\":2},\"sumOfLongs\":{\"count\":2,\"sum\":25}},"
                  + " \"1970-01-01T00:00:21Z\"={\"end\":\"1970-01-01T00:00:26Z\","
                  + "\"count\":{\"count\":1},\"sumOfLongs\":{\"count\":1,\"sum\":21}}");
    }
  }

  @Test
  void journal_ofAnAggregation_isVerified() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    record(runs, clicks -> byWindows(clicks, Window.tumbling(Duration.ofSeconds(10)), 0));

    try (VisitRuns.Run run = runs.start("")) {
      VerifyReport report = get(run.replay().verify(NAME));

      assertThat(report.findings()).isEmpty();
    }
  }

  @Test
  void sameAggregation_makesTheSame_andOtherRowsDiffer() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    Windows<Object> windows = Window.tumbling(Duration.ofSeconds(10));
    record(runs, clicks -> byWindows(clicks, windows, 0));

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport same = replay(run, runs, clicks -> byWindows(clicks, windows, 0));
      ReplayReport other = replay(run, runs, clicks -> byWindows(clicks, windows, 1));

      assertThat(same.isSame()).isTrue();
      assertThat(same.replayedRows()).isEqualTo(counts.rows().size()).isPositive();
      assertThat(other.differentGroups()).isEqualTo(2);
      assertThat(other.differences())
          .extracting(KeyDifference::key)
          .extracting(Object::toString)
          .containsExactlyInAnyOrder("\"ann\"", "\"bob\"");
    }
  }

  @Test
  void otherAggregates_differInStates() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    Windows<Object> windows = Window.tumbling(Duration.ofSeconds(10));
    record(runs, clicks -> byWindows(clicks, windows, 0));

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report =
          replay(
              run,
              runs,
              clicks ->
                  clicks
                      .withWatermark(AggregationReplayTest::time, Duration.ofSeconds(5))
                      .groupBy(Click::user, windows)
                      .aggregate(
                          Aggregates.<Click>count(),
                          (user, window, n) ->
                              new Count(user, window.start().getEpochSecond(), n, 0)));

      KeyDifference first = report.differences().get(0);
      assertThat(String.valueOf(first.recorded().state())).contains("\"sum\"");
      assertThat(String.valueOf(first.replayed().state()))
          .doesNotContain("\"sum\"")
          .contains("count");
    }
  }

  @Test
  void resultOfAllEvents_isReplayedFromTheSecondEpoch_asItsFirstHasAnInitialState()
      throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    record(runs, AggregationReplayTest::ofAll);

    try (VisitRuns.Run run = runs.start("")) {
      Replacement<?, ?, ?, ?> same = Replacement.ofQuery(query(runs, AggregationReplayTest::ofAll));
      ReplayReport report = get(run.replay().replay(NAME, same, 2, 100));

      assertThat(report.differences()).isEmpty();
      assertThat(report.replayedRows()).isEqualTo(counts.rows().size() - 1L).isPositive();
    }
  }

  private static EventStream<Count> ofAll(EventStream<Click> clicks) {
    return clicks
        .aggregate(Aggregates.<Click>count(), n -> new Count("", 0, n, 0))
        .outputMode(OutputMode.UPDATE);
  }

  @Test
  void replacement_needsOneOperator() {
    assertThatThrownBy(
            () ->
                Replacement.ofQuery(
                    start -> start.from(new VisitRuns(directory).clicks).to(MemorySink.create())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "query must have one stateful operator other than dropDuplicates to replay it, has [0]");
  }

  private static Instant time(Click click) {
    return Instant.ofEpochSecond(click.second());
  }

  private static EventStream<Count> byWindows(
      EventStream<Click> clicks, Windows<? super Click> windows, long more) {
    return clicks
        .withWatermark(AggregationReplayTest::time, Duration.ofSeconds(5))
        .groupBy(Click::user, windows)
        .aggregate(
            Aggregates.<Click>count(),
            Aggregates.sumOfLongs(Click::second),
            (user, window, n, sum) ->
                new Count(user, window.start().getEpochSecond(), n + more, sum == null ? 0 : sum))
        .outputMode(OutputMode.APPEND);
  }

  private void record(VisitRuns runs, Function<EventStream<Click>, EventStream<Count>> pipeline)
      throws Exception {
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      QueryStart start = Vellamo.get(run.system()).query(NAME);
      StreamingQuery query = query(runs, pipeline).apply(start).clock(runs.clock).start();
      runs.epoch(query, click("ann", 12), click("ann", 13), click("ann", 21), click("bob", 14));
      runs.epoch(query, click("ann", 33), click("bob", 36));
      runs.epoch(query, click("bob", 60));
      query.stop();
    }
  }

  private Function<QueryStart, QueryBuilder> query(
      VisitRuns runs, Function<EventStream<Click>, EventStream<Count>> pipeline) {
    return start -> pipeline.apply(start.from(runs.clicks)).to(counts);
  }

  private ReplayReport replay(
      VisitRuns.Run run, VisitRuns runs, Function<EventStream<Click>, EventStream<Count>> pipeline)
      throws Exception {
    return get(run.replay().replay(NAME, Replacement.ofQuery(query(runs, pipeline))));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }
}
