package io.vellamo.engine.io;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RowFailure;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The data of an epoch, from its events to what the sinks get. */
final class EpochDataTest {
  private static final int SHARDS = 4;
  private static final long EPOCH = 2;
  private static final Watermark LATE = Watermark.of(1000);
  private static final DeadLetter LETTER =
      DeadLetter.ofEntry(new DeadLetter.Position("p", 3), 2, "reason", Optional.empty());

  private final ListSink sink = new ListSink("sink");

  // Input.

  @Test
  void input_ofAShard_isItsEventsAndInitialStates() {
    PreparedQuery query = query(source(), TestQueries.groups("only", NONE));
    InitialGroups initial = new InitialGroups(Map.of(TestCodecs.key("b"), new byte[] {1}), false);
    List<InitialGroups> initials = new ArrayList<>(Collections.nCopies(SHARDS, InitialGroups.NONE));
    int withInitial = (shard("a") + 1) % SHARDS;
    initials.set(withInitial, initial);

    EpochData epoch = new EpochData(query, SHARDS, routed(query, 1, "a", "a"), initials);

    assertThat(events(epoch, shard("a"))).containsExactly("a", "a");
    assertThat(epoch.input(shard("a")).initial()).isSameAs(InitialGroups.NONE);
    assertThat(epoch.input(withInitial)).extracting(EpochInput::initial).isSameAs(initial);
    assertThat(events(epoch, withInitial)).isEmpty();
    assertThat(epoch.summary().eventsByShard()).containsOnly(Map.entry(shard("a"), 2));
  }

  /** The second epoch is read while the first runs, whose initial states are still there. */
  @Test
  void input_ofALaterEpoch_hasNoInitialStates() {
    PreparedQuery query = query(source(), TestQueries.groups("only", NONE));
    InitialGroups initial = new InitialGroups(Map.of(TestCodecs.key("b"), new byte[] {1}), false);

    EpochData epoch =
        new EpochData(query, SHARDS, routed(query, 2, "a"), Collections.nCopies(SHARDS, initial));

    assertThat(events(epoch, shard("a"))).containsExactly("a");
    assertThat(epoch.input(shard("a")).initial().isEmpty()).isTrue();
  }

  @Test
  void input_withoutInitialStates_isEventsOnly() {
    PreparedQuery query = query(source(), TestQueries.groups("only", NONE));

    EpochData epoch = new EpochData(query, SHARDS, routed(query, "a"), List.of());

    assertThat(epoch.summary().eventsByShard()).containsOnly(Map.entry(shard("a"), 1));
    assertThat(epoch.input(shard("a")).initial().isEmpty()).isTrue();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> epoch.input(SHARDS));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> epoch.take(SHARDS, new EpochOutput(List.of(), List.of())));
  }

  // Pages of the whole result.

  @Test
  void page_isKeptUntilItIsTaken_orAnotherFollows() {
    EpochData epoch = withoutData(query(source(), TestQueries.groups("only", NONE)));
    epoch.take(page(1, 0), rows("a"));
    epoch.take(page(2, 0), rows("b"));

    assertThat(epoch.page(1, 0)).isEqualTo(new ResultPage(7, 1, 0, List.of("a")));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> epoch.page(1, 0))
        .withMessage("page [0] of shard [1] must be kept");

    epoch.take(page(2, 1), rows("c"));
    assertThat(epoch.page(2, 1).rows()).containsExactly("c");
  }

  @Test
  void outputAfterPages_hasTheirNumber_andEndsThem() {
    EpochData epoch = withoutData(query(source(), TestQueries.groups("only", NONE)));
    EpochOutput.InPages inPages = new EpochOutput.InPages(2, 1);
    epoch.take(page(1, 1), rows("a"));

    epoch.take(1, new EpochOutput(List.of(), List.of(), inPages));

    assertThat(epoch.results().inPages()).containsExactly(Map.entry(1, inPages));
    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> epoch.page(1, 1));
  }

  private static ShardReply.Page page(int shard, int number) {
    return new ShardReply.Page(shard, new Fence(1, 1, EPOCH, 7), number);
  }

  // Rows between operators.

  @Test
  void rows_joinTheEventsOfTheNextOperator() {
    PreparedQuery query =
        query(
            new Upstream.Union(
                List.of(TestQueries.then(source(), TestQueries.groups("first", NONE)), source())),
            TestQueries.groups("second", NONE));
    EpochData epoch = new EpochData(query, SHARDS, routed(query, "a"), List.of());
    int next = SHARDS + shard("a");
    assertThat(epoch.summary().eventsByShard()).containsEntry(next, 1);

    epoch.take(2, rows("a"));
    epoch.take(1, rows("a", "a"));
    assertThat(epoch.hasRowsToRoute(0)).isTrue();
    epoch.routeRows(0);

    assertThat(epoch.summary().eventsByShard()).containsEntry(next, 4);
    assertThat(events(epoch, next)).hasSize(4);
    assertThat(epoch.hasRowsToRoute(0)).isFalse();
    epoch.routeRows(0);
    assertThat(epoch.summary().eventsByShard()).containsEntry(next, 4);
    assertThat(epoch.results().rows()).isEmpty();
  }

  @Test
  void eventsOfReaders_countAsInput_butAreNotPartOfIt() {
    PreparedQuery query =
        query(
            new Upstream.Union(
                List.of(TestQueries.then(source(), TestQueries.groups("first", NONE)), source())),
            TestQueries.groups("second", NONE));
    EpochPlan plan = routed(query).plan();
    int next = SHARDS + shard("a");
    RoutedEpoch routed =
        RoutedEpoch.ofShares(
            plan, List.of(report(0, Map.of(1, 5)), report(1, Map.of(1, 2, next, 3))));
    EpochData epoch = new EpochData(query, SHARDS, routed, List.of());

    assertThat(epoch.summary().eventsByShard()).containsOnly(Map.entry(1, 7), Map.entry(next, 3));
    assertThat(events(epoch, 1)).isEmpty();

    epoch.take(1, rows("a"));
    epoch.routeRows(0);

    assertThat(epoch.summary().eventsByShard()).containsOnly(Map.entry(1, 7), Map.entry(next, 4));
    assertThat(events(epoch, next)).containsExactly("a");
  }

  @Test
  void shares_areAllRangesOnce() {
    EpochPlan plan =
        routed(query(TestQueries.upstream(ListSource.of("a"), ListSource.of("b")))).plan();
    ShareReport first = report(0, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoutedEpoch.ofShares(plan, List.of(first)))
        .withMessage("shares of epoch [2] must have all [2] ranges, [1] were not read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoutedEpoch.ofShares(plan, List.of(first, first)))
        .withMessage("shares of epoch [2] must not overlap, range [0] was read twice");
  }

  private static ShareReport report(int range, Map<Integer, Integer> eventsByShard) {
    return new ShareReport(
        List.of(range),
        List.of(),
        EventCounts.NONE,
        EventTimeSums.NONE,
        List.of(0L, 0L),
        List.of(),
        eventsByShard);
  }

  @Test
  void rows_areRoutedInTheOrderOfTheirShards() {
    PreparedQuery query =
        query(
            source(),
            TestQueries.groups("first", NONE),
            new Stage.FlatMap(row -> List.of(row)),
            TestQueries.groups("second", row -> "one group", NONE));
    EpochData epoch = withoutData(query);

    epoch.take(3, rows("d"));
    epoch.take(0, rows("b", "a"));
    epoch.routeRows(0);

    assertThat(events(epoch, SHARDS + shard("one group"))).containsExactly("b", "a", "d");
  }

  @Test
  void operatorWithoutRows_orThatLeadsToTheSink_hasNothingToRoute() {
    PreparedQuery query =
        query(source(), TestQueries.groups("first", NONE), TestQueries.groups("second", NONE));
    EpochData epoch = withoutData(query);

    epoch.take(0, rows());
    epoch.take(SHARDS, rows("a"));
    assertThat(epoch.hasRowsToRoute(0)).isFalse();
    assertThat(epoch.hasRowsToRoute(1)).isFalse();
    epoch.routeRows(1);

    assertThat(epoch.results().rows()).containsOnly(Map.entry(SHARDS, List.of("a")));
  }

  @Test
  void stageThatThrows_failsTheRouting() {
    PreparedQuery query =
        query(
            source(),
            TestQueries.groups("first", NONE),
            new Stage.Map(
                row -> {
                  throw new IllegalStateException();
                }),
            TestQueries.groups("second", NONE));
    EpochData epoch = withoutData(query);
    epoch.take(0, rows("a"));

    assertThatExceptionOfType(RowFailure.class).isThrownBy(() -> epoch.routeRows(0));
  }

  // Results.

  @Test
  void results_areTheRowsAndDeadLettersOfShards_andThoseWithoutShard() {
    PreparedQuery query =
        query(
            new Upstream.Union(
                List.of(TestQueries.then(source(), TestQueries.groups("only", NONE)), source())));
    EpochRouter router = router(query, EPOCH);
    router.event("direct", 1, 0);
    router.deadLetter(1, 3, "reason", null);
    EpochData epoch = new EpochData(query, SHARDS, router.finish(), List.of());

    epoch.take(1, new EpochOutput(List.of("a"), List.of(LETTER)));
    EpochResults results = epoch.results();

    assertThat(results.epoch()).isEqualTo(2);
    assertThat(results.rows()).containsOnly(Map.entry(1, List.of("a")));
    assertThat(results.rowsWithoutShard()).containsExactly("direct");
    assertThat(results.deadLetters()).containsOnly(Map.entry(1, List.of(LETTER)));
    assertThat(results.deadLettersWithoutShard()).hasSize(1);
    assertThat(epoch.summary().events()).isEqualTo(new EventCounts(1, 0, 1));
  }

  @Test
  void outputThatComesAgain_isIgnored() {
    PreparedQuery query = query(source(), TestQueries.groups("only", NONE));
    EpochData epoch = withoutData(query);

    epoch.take(0, rows("a"));
    epoch.take(0, rows("b"));

    assertThat(epoch.results().rows()).containsOnly(Map.entry(0, List.of("a")));
  }

  // Event times.

  @Test
  void lateAndSeen_coverEventsAndRowsBetweenOperators() {
    PreparedQuery query =
        query(
            source(),
            watermark(),
            TestQueries.groups("first", EVENT_TIME),
            watermark(),
            TestQueries.groups("second", EVENT_TIME));
    EpochData epoch = new EpochData(query, SHARDS, routed(query, "999", "3000"), List.of());
    assertThat(epoch.summary().seen())
        .containsExactly(new SeenTimes(2, 0, new NewestEventTime(3000, 0, 1)), SeenTimes.NONE);
    assertThat(epoch.results().lateEvents()).containsExactly(late("999"));

    epoch.take(0, rows("998", "997", "4000"));
    epoch.routeRows(0);

    assertThat(epoch.summary().late().get(0)).isEqualTo(1);
    assertThat(epoch.summary().late().get(1)).isEqualTo(2);
    assertThat(epoch.summary().events()).isEqualTo(new EventCounts(1, 1, 0));
    assertThat(epoch.summary().eventTimes().max()).contains(Instant.ofEpochMilli(3000));
    assertThat(epoch.results().lateEvents()).containsExactly(late("999"), late("998"), late("997"));
    assertThat(epoch.summary().seen()).hasSize(2);
    assertThat(epoch.summary().seen().get(0).events()).isEqualTo(2);
    assertThat(epoch.summary().seen().get(1).events()).isEqualTo(3);
  }

  @Test
  void seen_inAnEpochWithoutData_isThatOfTheRows() {
    PreparedQuery query =
        query(
            source(),
            watermark(),
            TestQueries.groups("first", EVENT_TIME),
            watermark(),
            TestQueries.groups("second", EVENT_TIME));
    EpochData epoch = withoutData(query);
    assertThat(epoch.summary().seen()).isEmpty();
    assertThat(epoch.summary().late().get(1)).isZero();

    epoch.take(0, rows("4000"));
    epoch.routeRows(0);

    assertThat(epoch.summary().seen()).extracting(SeenTimes::events).containsExactly(0L, 1L);
  }

  private PreparedQuery query(Upstream upstream, Stage... stages) {
    return TestQueries.prepare(
        TestQueries.plan(
            "query",
            TestQueries.then(upstream, stages),
            sink,
            null,
            new ListSink("late"),
            Trigger.asap()));
  }

  private static Upstream source() {
    return TestQueries.upstream(ListSource.of("source"));
  }

  private static Stage watermark() {
    return new Stage.EventTime(EpochDataTest::time, WatermarkStrategy.delay(Duration.ZERO));
  }

  private static Instant time(Object event) {
    return Instant.ofEpochMilli(Long.parseLong((String) event));
  }

  private static LateEvent late(String event) {
    return new LateEvent(event, time(event), LATE.toInstant());
  }

  /** Returns an epoch with the same events from each source. */
  private static RoutedEpoch routed(PreparedQuery query, String... events) {
    return routed(query, EPOCH, events);
  }

  private static RoutedEpoch routed(PreparedQuery query, long number, String... events) {
    EpochRouter router = router(query, number);
    for (int input = 0; input < query.compiled().inputs().size(); input++) {
      for (int offset = 0; offset < events.length; offset++) {
        router.event(events[offset], input, offset);
      }
    }
    return router.finish();
  }

  private static EpochRouter router(PreparedQuery query, long number) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (int input = 0; input < query.compiled().inputs().size(); input++) {
      ranges.add(new OffsetRange(new SourcePartition((input + 1) + ":p"), 0, 9));
    }
    return new EpochRouter(query.compiled(), query.keyCodecs(), SHARDS, plan(number, ranges));
  }

  private static EpochData withoutData(PreparedQuery query) {
    return new EpochData(query, SHARDS, RoutedEpoch.withoutData(plan(EPOCH, List.of())), List.of());
  }

  private static EpochPlan plan(long number, List<OffsetRange> ranges) {
    return new EpochPlan(ranges, new EpochTimes(number, 0, Watermark.END, LATE));
  }

  private static EpochOutput rows(Object... rows) {
    return new EpochOutput(List.of(rows), List.of());
  }

  private static List<Object> events(EpochData epoch, int shard) {
    return new ArrayList<>(epoch.input(shard).events().events());
  }

  private static int shard(String key) {
    return TestCodecs.key(key).shard(SHARDS);
  }
}
