package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a query runs its next epoch, and what it reports of its watermark and of its epochs. */
final class QueryMachineTimeTest {
  private static final long POLL = 2_000;
  private static final QuerySetup EVENT_TIME =
      MachineRun.inEventTime(WatermarkStrategy.delay(Duration.ofSeconds(10)));

  private final MachineRun run = new MachineRun(1, Trigger.asap());

  @Test
  void timerInProcessingTime_runsAnEpochWithoutData_inItsShard() {
    run.begin();
    runEpoch(run, 1, new NextDue(null, run.wallMillis + 1_000));
    run.offer(5, 5);
    assertThat(run.effects()).contains("wake after 1001");
    run.journaled();
    run.offer(5, 5);
    run.effects();

    advance(run, 1_001);
    run.on(new QueryInput.Woken());
    run.offer(5, 5);
    run.journaled();
    run.read(2);

    assertThat(run.effects())
        .containsExactly("ask", "persist [EpochPlanned]", "read 2", "run 0 epoch 2");
  }

  @Test
  void timerInProcessingTime_thatIsNotDue_doesNotAskItsShard() {
    run.begin();
    runEpoch(run, 1, new NextDue(null, run.wallMillis + 1_000));
    run.offer(5, 10);
    run.journaled();
    run.effects();

    run.read(2, 1);

    assertThat(run.effects()).containsExactly("run 1 epoch 2");
  }

  @Test
  void timerInEventTime_runsWithTheEpochThatItsWatermarkHasPassed() {
    MachineRun timed = new MachineRun(EVENT_TIME, QueryState.EMPTY).begin();
    timed.offer(0, 5);
    timed.journaled();
    read(timed, 1, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 4)), 0, 1);
    timed.done(0, timed.fence(0), 1, new NextDue(89_999L, null));
    timed.done(1, timed.fence(1), 1, new NextDue(90_000L, null));
    timed.on(new QueryInput.SinkWritten(1, 2));
    timed.effects();

    timed.offer(5, 5);
    timed.journaled();
    timed.read(2);

    assertThat(timed.effects())
        .startsWith("persist [EpochCommitted, EpochPlanned]")
        .endsWith("read 2", "run 0 epoch 2");
  }

  @Test
  void sourceWithoutSignals_isAskedAtItsInterval_orWhenATimerIsDue() {
    MachineRun polled = polled(Trigger.asap()).begin();
    polled.effects();

    polled.offer(0, 0);
    assertThat(polled.effects()).containsExactly("wake after " + POLL);
    polled.on(new QueryInput.Woken());
    runEpoch(polled, 1, new NextDue(null, polled.wallMillis + 1_000));
    polled.effects();
    polled.offer(5, 5);

    assertThat(polled.effects()).contains("wake after 1001");
  }

  @Test
  void sourceWithoutSignals_isAskedAtTheTriggersMoment_ifThatIsLater() {
    MachineRun polled = polled(Trigger.processingTime(Duration.ofSeconds(10))).begin();
    polled.effects();

    polled.offer(0, 0);

    assertThat(polled.effects()).containsExactly("wake after 10000");
  }

  @Test
  void clockThatIsSetBack_closesATimedTriggerForOneIntervalAtMost() {
    MachineRun timed = new MachineRun(1, Trigger.processingTime(Duration.ofSeconds(10))).begin();
    timed.offer(0, 0);
    timed.effects();

    timed.wallMillis -= 600_000;
    timed.on(new QueryInput.Woken());

    assertThat(timed.effects()).containsExactly("wake after 10000");
  }

  @Test
  void once_readsEverything_inOneEpoch() {
    MachineRun once = new MachineRun(1, Trigger.once()).begin();
    assertThat(once.lastMost).isEqualTo(Long.MAX_VALUE);
    once.offer(0, 100);
    once.journaled();
    once.read(1, 0, 1);
    once.done(0);
    once.done(1);
    once.on(new QueryInput.SinkWritten(1, 2));
    once.offer(100, 200);
    once.effects();

    once.journaled();

    assertThat(once.effects()).containsExactly("publish Progress", "tell source", "finish");
    assertThat(once.machine.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void watermark_isReportedWithTheEventThatMovedItLast_andThoseSince() {
    MachineRun timed = new MachineRun(EVENT_TIME, QueryState.EMPTY).begin();
    assertThat(report(timed).watermark()).isEmpty();

    commitEpoch(timed, 1, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 3)));
    commitEpoch(timed, 2, new SeenTimes(5, 2, new NewestEventTime(99_999, 0, 7)));
    WatermarkReport.Input after = report(timed).inputs().get(0);

    assertThat(report(timed).watermark()).contains(Instant.ofEpochMilli(90_000));
    assertThat(after.heldBy())
        .contains(
            new NewestEvent(
                Instant.ofEpochMilli(100_000), "p", 3, 1, Instant.ofEpochMilli(timed.wallMillis)));
    assertThat(after.eventsSince()).isEqualTo(5);
    assertThat(after.futureEvents()).isEqualTo(2);
  }

  @Test
  void watermark_isMovedByARowOfAnOperator_underItsName() {
    MachineRun timed = new MachineRun(EVENT_TIME, QueryState.EMPTY).begin();

    commitEpoch(
        timed, 1, new SeenTimes(1, 0, new NewestEventTime(100_000, GroupBatch.NO_RANGE, 0)));

    assertThat(report(timed).inputs().get(0).heldBy().orElseThrow().partition())
        .isEqualTo("source");
  }

  @Test
  void watermark_ofAnEarlierRun_isMovedByLaterEventsOnly() {
    MachineRun before = new MachineRun(EVENT_TIME, QueryState.EMPTY).begin();
    commitEpoch(before, 1, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 3)));
    MachineRun timed = new MachineRun(EVENT_TIME, before.durable).begin();

    commitEpoch(timed, 2, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 7)));
    assertThat(report(timed).inputs().get(0).heldBy()).isEmpty();
    commitEpoch(timed, 3, new SeenTimes(5, 0, new NewestEventTime(100_001, 0, 12)));

    assertThat(report(timed).inputs().get(0).heldBy().orElseThrow().offset()).isEqualTo(12);
  }

  @Test
  void progress_tellsTheRangesOfEachSource_andTheWatermark() {
    Route first = new Route(List.of(), 0, Route.SINK);
    CompiledQuery union = new CompiledQuery(List.of(first, first), List.of(), false);
    MachineRun two =
        new MachineRun(
            MachineRun.setup(union, Trigger.asap(), List.of("left", "right"), null),
            QueryState.EMPTY);
    two.begin();
    OffsetRange left = new OffsetRange(new SourcePartition("1:p"), 0, 3);
    OffsetRange right = new OffsetRange(new SourcePartition("2:p"), 0, 4);

    two.on(new QueryInput.Offered(List.of(left, right)));
    two.journaled();
    two.read(1, 0);
    two.on(new QueryInput.SinkWritten(1, 7));
    two.offer(0, 0);
    two.journaled();

    StreamingQueryProgress progress = progress(two);
    assertThat(progress.sources())
        .containsExactly(
            new SourceProgress("left", List.of(left), Map.of(), Map.of()),
            new SourceProgress("right", List.of(right), Map.of(), Map.of()));
    assertThat(progress.watermark()).isEmpty();
  }

  @Test
  void progress_tellsTheWatermarkOfItsEpoch() {
    MachineRun timed = new MachineRun(EVENT_TIME, QueryState.EMPTY).begin();

    commitEpoch(timed, 1, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 3)));
    assertThat(progress(timed).watermark()).isEmpty();
    commitEpoch(timed, 2, new SeenTimes(5, 0, new NewestEventTime(100_000, 0, 7)));

    assertThat(progress(timed).watermark()).contains(Instant.ofEpochMilli(90_000));
  }

  private static MachineRun polled(Trigger trigger) {
    return new MachineRun(
        MachineRun.setup(MachineRun.compiled(1, false), trigger, List.of("source"), POLL),
        QueryState.EMPTY);
  }

  private static void advance(MachineRun run, long millis) {
    run.wallMillis += millis;
    run.elapsedMillis += millis;
  }

  /** Runs an epoch up to the sink's answer; its shard has a timer. */
  private static void runEpoch(MachineRun run, long epoch, NextDue due) {
    run.offer(5 * (epoch - 1), 5 * epoch);
    run.journaled();
    run.read(epoch, 0);
    run.done(0, run.fence(0), 1, due);
    run.on(new QueryInput.SinkWritten(epoch, 1));
  }

  /** Runs an epoch of five events in shard 0, and commits it with the plan of the next one. */
  private static void commitEpoch(MachineRun run, long epoch, SeenTimes seen) {
    if (run.machine.state() == State.ASKING) {
      run.offer(5 * (epoch - 1), 5 * epoch);
      run.journaled();
    }
    read(run, epoch, seen, 0);
    run.done(0);
    run.done(1);
    run.on(new QueryInput.SinkWritten(epoch, 1));
    run.offer(5 * epoch, 5 * (epoch + 1));
    run.journaled();
  }

  private static void read(MachineRun run, long epoch, SeenTimes seen, int... shards) {
    Map<Integer, Integer> events =
        IntStream.of(shards).boxed().collect(Collectors.toMap(shard -> shard, shard -> 5));
    run.on(
        new QueryInput.EpochRead(
            epoch,
            run.attempt(epoch),
            new EpochSummary(
                new EventCounts(5, 0, 0),
                EventTimeStats.NONE,
                List.of(0L),
                List.of(seen),
                events)));
  }

  private static WatermarkReport report(MachineRun run) {
    return run.news.stream()
        .filter(QueryNews.WatermarkMoved.class::isInstance)
        .map(each -> ((QueryNews.WatermarkMoved) each).report())
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  private static StreamingQueryProgress progress(MachineRun run) {
    return run.news.stream()
        .filter(QueryNews.Progress.class::isInstance)
        .map(each -> ((QueryNews.Progress) each).progress())
        .reduce((one, next) -> next)
        .orElseThrow();
  }
}
