package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.Orders.placed;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.NamedRows.Named;
import io.vellamo.actors.replay.Orders.OrderEvent;
import io.vellamo.actors.replay.Orders.Reminder;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.actors.replay.Visits.Open;
import io.vellamo.actors.replay.Visits.Visit;
import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.replay.DueTime;
import io.vellamo.replay.DueTime.Kind;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.RowOrigin;
import io.vellamo.replay.RowOrigin.Events;
import io.vellamo.replay.RowReference;
import io.vellamo.replay.SourceRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The origins of rows, found by the ids that the sink got. */
final class RowOriginTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SWITCH_ON =
      "To see the events of later epochs, set vellamo.journal.record-inputs to on and"
          + " vellamo.journal.history to all, and start the query again.";

  @TempDir private Path directory;
  private VisitRuns runs;

  record Count(String user, long clicks) {}

  @BeforeEach
  void createRuns() {
    runs = new VisitRuns(directory);
  }

  @Test
  void everyRow_isFoundByItsId_withItsGroup() throws Exception {
    NamedRows<Visit> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start(KEEP_HISTORY)) {
      StreamingQuery query = visits(run, rows);
      for (int epoch = 0; epoch < 4; epoch++) {
        Click[] clicks = new Click[20];
        for (int i = 0; i < clicks.length; i++) {
          clicks[i] = click("user-" + (i + 20 * epoch), epoch * 20L + i % 3);
        }
        runs.epoch(query, clicks);
      }
      query.stop();

      assertThat(rows.all)
          .hasSizeGreaterThan(50)
          .extracting(each -> each.id().shard())
          .contains(0, 1);
      for (Named<Visit> named : rows.all) {
        RowOrigin origin =
            get(run.replay().origin(RowReference.parse(NAME, named.id().toString()), 0));

        assertThat(origin.id()).isEqualTo(named.id());
        assertThat(origin.row()).hasToString(JSON.writeValueAsString(named.row()));
        assertThat(origin.key().textValue()).isEqualTo(named.row().user());
        assertThat(origin.effect().rowIds()).containsExactly(named.id());
      }
    }
  }

  @Test
  void rowOfATimeout_hasTheTimeout_andTheEventsThatLedToIt() throws Exception {
    NamedRows<Visit> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS)) {
      StreamingQuery query = visits(run, rows);
      runs.epoch(query, click("ann", 1));
      runs.epoch(query, click("ann", 3), click("bob", 15));
      runs.epoch(query, click("eve", 30));
      query.stop();

      RowOrigin origin = get(run.replay().origin(RowReference.of(rows.all.get(0).id()), 10));

      assertThat(origin.operator()).isEqualTo("flatMapGroupsWithState");
      assertThat(origin.key().textValue()).isEqualTo("ann");
      assertThat(known(origin.before()).state())
          .isEqualTo(JSON.readTree("{\"first\":1,\"last\":3,\"clicks\":2}"));
      assertThat(known(origin.after()).exists()).isFalse();
      assertThat(origin.events()).isEqualTo(Events.NONE);
      assertThat(origin.due())
          .containsExactly(
              new DueTime(
                  Kind.TIMEOUT, null, null, Instant.ofEpochSecond(13), TimeDomain.EVENT_TIME));
      assertThat(origin.explanation())
          .containsExactly(
              "The group had no events in epoch %d.".formatted(origin.id().epoch()),
              "The watermark moved from 1970-01-01T00:00:10Z to 1970-01-01T00:00:25Z, past"
                  + " 1970-01-01T00:00:13Z, the group's timeout.");
      assertThat(origin.earlierCount()).isEqualTo(2);
      assertThat(origin.earlier())
          .extracting(GroupEpoch::epoch)
          .hasSize(2)
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(origin.earlier().get(1).inputs())
          .containsExactly(JSON.readTree("{\"user\":\"ann\",\"second\":1}"));
      assertThat(get(run.replay().origin(RowReference.of(rows.all.get(0).id()), 1)).earlier())
          .containsExactly(origin.earlier().get(0));
    }
  }

  @Test
  void rowOfEvents_hasThem_ifTheRunRecordedThem_elseTheOutlineOfItsEpoch() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    for (String settings : List.of(KEEP_HISTORY, KEEP_HISTORY + RECORD_INPUTS)) {
      try (VisitRuns.Run run = runs.start(settings)) {
        StreamingQuery query = start(run, RowOriginTest::counts, rows);
        runs.epoch(query, click("ann", 1), click("bob", 2), click("ann", 3));
        query.stop();
      }
    }
    try (VisitRuns.Run run = runs.start("")) {
      List<RowOrigin> ofAnn =
          rows.all.stream()
              .filter(named -> named.row().user().equals("ann"))
              .map(named -> get(run.replay().origin(RowReference.of(named.id()), 10)))
              .toList();
      RowOrigin without = ofAnn.get(0);
      RowOrigin with = ofAnn.get(1);

      assertThat(without.events()).isEqualTo(Events.NOT_RECORDED);
      assertThat(without.epoch().events()).isEqualTo(new EventCounts(3, 0, 0));
      assertThat(without.epoch().ranges())
          .extracting(SourceRange::from, SourceRange::until)
          .containsExactly(tuple(0L, 3L));
      assertThat(without.epoch().processingTime()).isEqualTo(Instant.ofEpochSecond(1_000_001));
      assertThat(without.explanation())
          .containsExactly(
              "The events of epoch 1 are not in the journal; it had 3 events, of all groups.",
              SWITCH_ON);
      assertThat(with.events()).isEqualTo(Events.RECORDED);
      assertThat(with.effect().inputs())
          .containsExactly(
              JSON.readTree("{\"user\":\"ann\",\"second\":1}"),
              JSON.readTree("{\"user\":\"ann\",\"second\":3}"));
      assertThat(with.explanation())
          .containsExactly("Epoch %d called the group with 2 events.".formatted(with.id().epoch()));
      assertThat(String.valueOf(known(with.before()).state()))
          .isEqualTo("{\"count\":{\"count\":2}}");
      assertThat(String.valueOf(known(with.after()).state()))
          .isEqualTo("{\"count\":{\"count\":4}}");
      assertThat(with.due()).isEmpty();
    }
  }

  @Test
  void rowsOfWindows_tellThatTheWatermarkHasPassedTheEnd() throws Exception {
    assertWindowEnd(Window.tumbling(Duration.ofSeconds(10)), 20, 25);
    assertWindowEnd(Window.sliding(Duration.ofSeconds(20), Duration.ofSeconds(1)), 13, 25);
    assertWindowEnd(Window.session(Duration.ofSeconds(6)), 18, 25);
  }

  private void assertWindowEnd(Windows<Object> windows, long end, long watermark) throws Exception {
    runs = new VisitRuns(directory.resolve("end-" + end));
    NamedRows<Count> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS)) {
      StreamingQuery query = start(run, clicks -> ofWindows(clicks, windows), rows);
      runs.epoch(query, click("ann", 12));
      runs.epoch(query, click("bob", 30));
      query.stop();

      Named<Count> first = rows.all.get(0);
      RowOrigin origin = get(run.replay().origin(RowReference.of(first.id()), 10));

      assertThat(origin.row()).hasToString("{\"user\":\"ann\",\"clicks\":1}");
      assertThat(origin.events()).isEqualTo(Events.NONE);
      assertThat(origin.epoch().events()).isEqualTo(EventCounts.NONE);
      assertThat(origin.explanation())
          .containsExactly(
              "The group had no events in epoch %d.".formatted(origin.id().epoch()),
              "The watermark moved from 1970-01-01T00:00:07Z to %s, past %s, the end of the first open window."
                  .formatted(Instant.ofEpochSecond(watermark), Instant.ofEpochSecond(end)));
      assertThat(origin.due()).extracting(DueTime::kind).containsExactly(Kind.WINDOW_END);
      assertThat(origin.earlier().get(0).inputs())
          .containsExactly(JSON.readTree("{\"user\":\"ann\",\"second\":12}"));
    }
  }

  @Test
  void rowOfATimer_hasItsNameTagAndTime() throws Exception {
    OrderRuns orders = new OrderRuns(directory);
    NamedRows<Reminder> rows = new NamedRows<>();
    try (VisitRuns.Run run = orders.start(RECORD_INPUTS + KEEP_HISTORY)) {
      StreamingQuery query =
          Vellamo.get(run.system())
              .query("orders")
              .from(orders.orders)
              .withWatermark(Orders::time, Duration.ofSeconds(5))
              .groupByKey(OrderEvent::customer)
              .process(OutputMode.APPEND, new Orders(10))
              .to(rows)
              .start();
      orders.epoch(query, placed("anna", "o1", 10), placed("anna", "o2", 18));
      orders.epoch(query, placed("bert", "o4", 30));
      query.stop();

      RowOrigin origin = get(run.replay().origin(RowReference.of(rows.all.get(0).id()), 10));

      assertThat(origin.row()).hasToString("{\"customer\":\"anna\",\"order\":\"o1\",\"recent\":1}");
      assertThat(origin.rowTime()).isEqualTo(Instant.ofEpochSecond(20));
      assertThat(origin.due()).extracting(DueTime::timer).containsExactly("due");
      assertThat(origin.explanation())
          .containsExactly(
              "The group had no events in epoch %d.".formatted(origin.id().epoch()),
              "The watermark moved from 1970-01-01T00:00:13Z to 1970-01-01T00:00:25Z, past"
                  + " 1970-01-01T00:00:20Z, the time of timer [due] with tag [o1].");
      assertThat(known(origin.before()).variables())
          .extracting(each -> each.name())
          .contains("open");
    }
  }

  @Test
  void rowThatTheJournalNoLongerHolds_isRefused() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + "\nvellamo.query.shards = 1")) {
      JournalReplay replay = run.replay();
      StreamingQuery query = start(run, RowOriginTest::counts, rows);
      await()
          .untilAsserted(
              () -> {
                runs.epoch(query, click("ann", 1));
                assertThat(get(replay.query(NAME)).knownFromEpoch()).isGreaterThan(1);
              });
      query.stop();

      assertThatThrownBy(() -> get(replay.origin(RowReference.of(rows.all.get(0).id()), 10)))
          .hasMessageContaining(
              "the row's epoch must be one that the journal still holds, that of shard [0] begins with epoch [")
          .hasMessageContaining("was [1]; set vellamo.journal.history to all");
      RowOrigin last =
          get(replay.origin(RowReference.of(rows.all.get(rows.all.size() - 1).id()), 1000));
      assertThat(last.row().path("clicks").longValue())
          .isEqualTo(rows.all.get(rows.all.size() - 1).row().clicks());
    }
  }

  @Test
  void rowsThatNeverWere_areRefusedWithWhatIs() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = start(run, RowOriginTest::counts, rows);
      runs.epoch(query, click("ann", 1));
      query.stop();
      int shard = rows.all.get(0).id().shard();

      assertRefused(
          run, "1/" + shard + "/1", "index must be less than the number of rows of shard");
      assertRefused(run, "1/" + (1 - shard) + "/0", "in epoch [1], which is [0], was [0]");
      assertRefused(
          run, "2/0/0", "epoch must be from 1 to [1], the last that was planned, was [2]");
      assertRefused(run, "0/0/0", "epoch must be from 1 to [1]");
      assertRefused(run, "1/2/0", "shard must be from 0 to 1, was [2]");
      assertRefused(run, "1/-1/0", "shard must be that of a group, was [-1]: no group emitted");
      assertRefused(
          run,
          "visits/00000000-0000-0000-0000-000000000000/1/0/0",
          "row must be of the query in this journal, whose id is [" + rows.all.get(0).queryId());
      RowReference other = RowReference.parse(NAME, "1/0/0").withOperator("no");
      assertThatThrownBy(() -> get(run.replay().origin(other, 1)))
          .hasMessageContaining(
              "operator must be one of the query, which has [aggregate], was [no]");
    }
  }

  @Test
  void history_hasTheIdsOfItsRows() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start("\nvellamo.query.shards = 1")) {
      StreamingQuery query = start(run, RowOriginTest::counts, rows);
      runs.epoch(query, click("ann", 1), click("bob", 2));
      runs.epoch(query, click("ann", 3), click("bob", 2));
      query.stop();

      for (String user : List.of("ann", "bob")) {
        List<RowId> ids =
            rows.all.stream()
                .filter(named -> named.row().user().equals(user))
                .map(Named::id)
                .toList();
        assertThat(get(run.replay().history(NAME, ReplayKey.of(user), 10)).epochs())
            .flatExtracting(GroupEpoch::rowIds)
            .containsExactlyElementsOf(ids);
      }
    }
  }

  @Test
  void rowOfTheSecondOperator_isFoundInItsShards() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS)) {
      StreamingQuery query =
          start(
              run,
              clicks ->
                  counted(counted(clicks, Click::user, "users"), Count::clicks, "frequencies"),
              rows);
      runs.epoch(query, click("ann", 1), click("ann", 2), click("bob", 3), click("eve", 4));
      query.stop();

      for (Named<Count> named : rows.all) {
        RowReference row = RowReference.of(named.id());
        RowOrigin origin = get(run.replay().origin(row, 1));

        assertThat(origin.operator()).isEqualTo("frequencies");
        assertThat(origin.row()).hasToString(JSON.writeValueAsString(named.row()));
        assertThat(origin.effect().inputs()).hasSize((int) named.row().clicks());
        assertThat(get(run.replay().origin(row.withOperator("frequencies"), 1))).isEqualTo(origin);
      }
      assertThat(rows.all).hasSize(2);
    }
  }

  private static <V> EventStream<Count> counted(
      EventStream<V> stream, Function<V, ?> key, String name) {
    return stream
        .groupByKey(key)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, RowOriginTest::<V>count)
        .named(name);
  }

  private static <V> Iterator<Count> count(Object key, Iterator<V> events, GroupState<Long> state) {
    long count = state.optional().orElse(0L);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    return List.of(new Count(key.toString(), count)).iterator();
  }

  @Test
  void group_withoutEventsInAnEpochThatHasSome_hadNone_ifTheRunRecordedThem() throws Exception {
    for (String settings : List.of("", RECORD_INPUTS)) {
      runs = new VisitRuns(directory.resolve("run" + settings.length()));
      NamedRows<String> rows = new NamedRows<>();
      try (VisitRuns.Run run = runs.start(settings)) {
        StreamingQuery query =
            Vellamo.get(run.system())
                .query(NAME)
                .from(runs.clicks)
                .groupByKey(Click::user)
                .flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.PROCESSING_TIME,
                    Long.class,
                    RowOriginTest::silent)
                .to(rows)
                .clock(runs.clock)
                // So that a click and a timeout of one moment are in one epoch.
                .trigger(Trigger.processingTime(Duration.ofSeconds(1)))
                .start();
        get(query.whenIdle());
        for (String user : List.of("ann", "bob", "eve")) {
          runs.clicks.add(click(user, 1));
          runs.clock.advance(Duration.ofSeconds(1));
          get(query.whenIdle());
        }
        query.stop();

        RowOrigin origin = get(run.replay().origin(RowReference.of(rows.all.get(0).id()), 10));

        assertThat(origin.row()).hasToString("\"ann\"");
        assertThat(origin.epoch().events()).isEqualTo(new EventCounts(1, 0, 0));
        assertThat(origin.events())
            .isEqualTo(settings.isEmpty() ? Events.NOT_RECORDED : Events.NONE);
        assertThat(origin.explanation())
            .hasSize(settings.isEmpty() ? 3 : 2)
            .contains(
                "Processing time moved to 1970-01-12T13:46:43Z, past 1970-01-12T13:46:42.500Z,"
                    + " the group's timeout.");
      }
    }
  }

  @Test
  void rowOfARedrivenGroup_hasTheEventsThatWaited() throws Exception {
    NamedRows<Count> rows = new NamedRows<>();
    AtomicBoolean broken = new AtomicBoolean(true);
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS)) {
      StreamingQuery query =
          Vellamo.get(run.system())
              .query(NAME)
              .from(runs.clicks)
              .groupByKey(Click::user)
              .<Long, Count>flatMapGroupsWithState(
                  OutputMode.APPEND,
                  GroupStateTimeout.NONE,
                  Long.class,
                  (user, clicks, state) -> {
                    if (broken.get()) {
                      throw new IllegalStateException("on purpose");
                    }
                    return count(user, clicks, state);
                  })
              .to(rows)
              .onError(ErrorPolicy.park())
              .clock(runs.clock)
              .start();
      runs.epoch(query, click("ann", 1));
      runs.epoch(query, click("ann", 2));
      broken.set(false);
      get(query.redrive("ann"));
      query.processAllAvailable();
      query.stop();

      RowOrigin origin = get(run.replay().origin(RowReference.of(rows.all.get(0).id()), 10));

      assertThat(origin.row()).hasToString("{\"user\":\"ann\",\"clicks\":2}");
      assertThat(origin.explanation())
          .containsExactly(
              "The group was parked since epoch 1, and was called again with 2 events pending.");
      assertThat(Objects.requireNonNull(known(origin.before()).parked()).events())
          .extracting(Object::toString)
          .containsExactly("{\"user\":\"ann\",\"second\":1}", "{\"user\":\"ann\",\"second\":2}");
    }
  }

  private static Iterator<String> silent(
      String user, Iterator<Click> clicks, GroupState<Long> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(user).iterator();
    }
    state.update(1L);
    state.setTimeoutDuration(Duration.ofMillis(1500));
    return List.<String>of().iterator();
  }

  private static void assertRefused(VisitRuns.Run run, String row, String message) {
    assertThatThrownBy(() -> get(run.replay().origin(RowReference.parse(NAME, row), 1)))
        .as(row)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private StreamingQuery visits(VisitRuns.Run run, RowSink<Visit> rows) {
    return start(
        run,
        clicks ->
            clicks
                .withWatermark(RowOriginTest::time, Duration.ofSeconds(5))
                .groupByKey(Click::user)
                .flatMapGroupsWithState(
                    OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Open.class, new Visits(10)),
        rows);
  }

  private <U> StreamingQuery start(
      VisitRuns.Run run,
      Function<EventStream<Click>, EventStream<U>> pipeline,
      RowSink<? super U> rows) {
    return pipeline
        .apply(Vellamo.get(run.system()).query(NAME).from(runs.clicks))
        .to(rows)
        .clock(runs.clock)
        .start();
  }

  private static EventStream<Count> counts(EventStream<Click> clicks) {
    return clicks
        .groupByKey(Click::user)
        .aggregate(Aggregates.<Click>count(), (user, n) -> new Count(user, n))
        .outputMode(OutputMode.UPDATE);
  }

  private static EventStream<Count> ofWindows(EventStream<Click> clicks, Windows<Object> windows) {
    return clicks
        .withWatermark(RowOriginTest::time, Duration.ofSeconds(5))
        .groupBy(Click::user, windows)
        .aggregate(Aggregates.<Click>count(), (user, window, n) -> new Count(user, n))
        .outputMode(OutputMode.APPEND);
  }

  private static Instant time(Click click) {
    return Instant.ofEpochSecond(click.second());
  }

  private static GroupView known(@Nullable GroupView group) {
    return Objects.requireNonNull(group, "group");
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
