package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.byKey;
import static io.vellamo.connectors.process.ProcessorRun.second;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static io.vellamo.connectors.process.ProcessorRun.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** Processors whose rows go to other operators in event time, in the same epoch. */
final class ProcessorChainsTest {
  /**
   * Counts events by windows of event time, and emits each count once the watermark has reached the
   * end of its window. Stands in for window aggregations, which do not exist.
   *
   * @param length the length of the windows
   * @param atBegin whether rows have the event time of the window's beginning instead of its end
   */
  record CountPerWindow(Duration length, boolean atBegin)
      implements GroupProcessor<String, String, String> {
    private static final MapVariable<Instant, Integer> COUNTS =
        Variables.map("counts", Instant.class, Integer.class);
    private static final EventTimer END = EventTimer.named("end");

    @Override
    public void declare(Declarations declarations) {
      declarations.use(COUNTS).use(END);
      if (atBegin) {
        declarations.emitsBehindWatermark(length);
      }
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
      while (events.hasNext()) {
        events.next();
        long millis = group.eventTime().orElseThrow().toEpochMilli();
        Instant begin = Instant.ofEpochMilli(millis - Math.floorMod(millis, length.toMillis()));
        group.map(COUNTS).merge(begin, 1, Integer::sum);
        group.timers(END).set(begin.toString(), begin.plus(length));
      }
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      Instant begin = timer.time().minus(length);
      int count = group.map(COUNTS).get(begin).orElseThrow();
      group.map(COUNTS).remove(begin);
      group.emit(key + "@" + begin + "=" + count, atBegin ? begin : timer.time());
    }
  }

  private static final EventTimer DUE = EventTimer.named("due");

  @Test
  void t26_rowsWithEventTimes_areCountedPerWindow() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, Duration.ofMinutes(1))
                    .process(OutputMode.APPEND, passing())
                    .named("first")
                    .groupByKey(row -> row)
                    .process(OutputMode.APPEND, new CountPerWindow(Duration.ofMinutes(1), false))
                    .named("second"));

    query.add(Input.at("k1", day("2024-01-01"))).expectNoRows();
    query.add(Input.at("k1", day("2024-02-01"))).expectRows("k1@2024-01-01T00:00:00Z=1").restart();
    query.add(Input.at("k1", day("2024-02-02"))).expectRows("k1@2024-02-01T00:00:00Z=1").close();
  }

  @Test
  void t27_processorAfterProcessor_runsInTheSameEpoch() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(0))
                    .process(
                        OutputMode.APPEND,
                        passing()
                            .with(DUE)
                            .onEach(
                                (event, group) ->
                                    group
                                        .timers(DUE)
                                        .set(event.text(), event.time().plusSeconds(5)))
                            .onTimers(
                                (key, timer, group) ->
                                    group.emit(timer.tag().orElseThrow(), timer.time())))
                    .named("first")
                    .groupByKey(row -> row)
                    .process(OutputMode.APPEND, new CountPerWindow(seconds(10), false))
                    .named("second"));

    query.add(new Input("a", "x", 100), new Input("b", "x", 101), new Input("c", "y", 102));
    query.add(new Input("d", "z", 109)).expectNoRows().restart();
    query.add(new Input("d", "z", 110));
    query.expectRows("x@1970-01-01T00:01:40Z=2", "y@1970-01-01T00:01:40Z=1").close();
  }

  @Test
  void t28_deduplicationAfterAProcessor_dropsTheSecondRow() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(10))
                    .process(OutputMode.APPEND, passing())
                    .named("first")
                    .dropDuplicatesWithinWatermark(row -> row)
                    .named("second"));

    query.add(Input.at("a", 100), Input.at("a", 101), Input.at("b", 100)).expectRows("a", "b");
    query.add(Input.at("a", 105)).expectNoRows().restart().add(Input.at("a", 109)).expectNoRows();
    query.add(Input.at("c", 200)).expectRows("c").add(Input.at("a", 201)).expectRows("a").close();
  }

  @Test
  void t29_rowBeforeTheWatermark_failsTheQuery() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            passing().with(DUE).onEach((event, group) -> group.emit(event.text(), second(50))));

    query.add(new Input("a", "x", 100)).expectRows("x");
    query.addFailing(
        "event time of a row must not be more than [PT0S] before the watermark"
            + " [1970-01-01T00:01:40Z] of the preceding epoch, was [1970-01-01T00:00:50Z]",
        new Input("a", "y", 100));
    query.expectNoRows().close();
  }

  @Test
  void t30_eventTimeOfARow_needsAWatermark() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                byKey(inputs)
                    .process(
                        OutputMode.APPEND,
                        passing().onEach((event, group) -> group.emit("", event.time()))));

    query.expectFailure(
        UnsupportedOperationException.class, "withWatermark", down -> down.add(Input.at("a", 100)));
    query.close();
    assertThatThrownBy(
            () ->
                start(
                    inputs ->
                        byKey(inputs)
                            .process(OutputMode.APPEND, passing())
                            .named("first")
                            .groupByKey(row -> row)
                            .process(OutputMode.APPEND, new CountPerWindow(seconds(1), false))
                            .named("second")))
        .hasMessageContaining("withWatermark");
  }

  @Test
  void rowWithoutEventTime_isNeverLateDownstream_andHasNone() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(0))
                    .process(
                        OutputMode.APPEND,
                        passing().onEach((event, group) -> group.emit(event.key())))
                    .named("first")
                    .groupByKey(row -> row)
                    .process(
                        OutputMode.APPEND,
                        Functions.<String>of()
                            .with(DUE)
                            .onEach((row, group) -> group.emit(row + " " + group.eventTime())))
                    .named("second"));

    query.add(Input.at("a", 100)).add(Input.at("b", 100));
    query.expectRows("a Optional.empty", "b Optional.empty").expectLate(0).close();
  }

  @Test
  void lateEvents_areDroppedForAnOperatorDownstream() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(0))
                    .process(OutputMode.APPEND, passing())
                    .named("first")
                    .groupByKey(row -> row)
                    .process(OutputMode.APPEND, new CountPerWindow(seconds(10), false))
                    .named("second"));

    query.add(Input.at("a", 100)).add(Input.at("a", 100)).add(Input.at("a", 99)).expectLate(1);
    query.add(Input.at("a", 120)).expectRows("a@1970-01-01T00:01:40Z=2").close();
  }

  @Test
  void emitsBehindWatermark_holdsBackTheWatermarkOfThreeStages() {
    StreamingQueryHarness<Input, String> query = start(this::threeStages);

    // The 10 s window [100, 110) is emitted at 110 with time 100, the 20 s window [100, 120) at a
    // watermark of 130 with time 100, and the 60 s window [60, 120) at a watermark of 150.
    query.add(Input.at("k", 101), Input.at("k", 105), Input.at("k", 112)).expectNoRows();
    query.add(Input.at("k", 129)).add(Input.at("k", 129)).expectNoRows();
    query.add(Input.at("k", 130)).add(Input.at("k", 149)).expectNoRows().restart();
    query.add(Input.at("k", 149)).expectNoRows();
    query.add(Input.at("k", 150)).expectRows("k@1970-01-01T00:01:00Z=1").expectLate(0);

    assertThat(query.query().recentProgress()).hasSizeLessThan(10);
    query.close();
  }

  private EventStream<String> threeStages(EventStream<Input> inputs) {
    return timed(inputs, seconds(0))
        .process(OutputMode.APPEND, passing())
        .named("inputs")
        .groupByKey(row -> row)
        .process(OutputMode.APPEND, new CountPerWindow(seconds(10), true))
        .named("first")
        .groupByKey(row -> row.substring(0, 1))
        .process(OutputMode.APPEND, new CountPerWindow(seconds(20), true))
        .named("second")
        .groupByKey(row -> row.substring(0, 1))
        .process(OutputMode.APPEND, new CountPerWindow(seconds(60), false))
        .named("third");
  }

  @Test
  void emitsBehindWatermark_rowThatIsTooEarly_isRefused() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            passing()
                .also(declarations -> declarations.emitsBehindWatermark(seconds(10)))
                .onEach(
                    (event, group) ->
                        group.emit(event.text(), second(Long.parseLong(event.text())))));

    query.add(new Input("a", "100", 100)).add(new Input("a", "90", 100)).expectRows("100", "90");
    query.addFailing(
        "must not be more than [PT10S] before the watermark", new Input("a", "89", 100));
    query.close();
  }

  @Test
  void watermark_thatIsHeldBack_isThatOfTheGroup() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(0))
                    .process(
                        OutputMode.APPEND,
                        passing()
                            .also(declarations -> declarations.emitsBehindWatermark(seconds(30))))
                    .named("first")
                    .groupByKey(row -> row)
                    .process(
                        OutputMode.APPEND,
                        Functions.<String>of()
                            .with(DUE)
                            .onEach(
                                (row, group) -> {
                                  group.timers(DUE).set(second(120));
                                  group.emit(row + group.currentWatermark().getEpochSecond());
                                })
                            .onTimers(
                                (key, timer, group) ->
                                    group.emit("due " + group.currentWatermark().getEpochSecond())))
                    .named("second"));

    query.add(Input.at("a", 100)).expectRows("a0");
    query.add(Input.at("a", 149)).expectRows("a70");
    query.add(Input.at("b", 149)).expectRows("b119");
    query.add(Input.at("b", 150)).expectRows("b119", "due 120", "due 120");
    assertThat(query.query().recentProgress()).hasSizeLessThan(10);
    query.close();
  }

  private static Functions<Input> passing() {
    return Functions.<Input>of().onEach((event, group) -> group.emit(event.key(), event.time()));
  }

  private static long day(String date) {
    return LocalDate.parse(date).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }
}
