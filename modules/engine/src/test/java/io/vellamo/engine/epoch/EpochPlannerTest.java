package io.vellamo.engine.epoch;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EpochPlannerTest {
  private static final long NOW = 10_000;
  private static final List<OffsetRange> DATA =
      List.of(new OffsetRange(new SourcePartition("p"), 0, 3));
  private static final List<OffsetRange> NO_DATA = List.of();
  private static final RunSoFar WITH_DATA = new RunSoFar(1, true);

  private final QueryLedger fresh = QueryLedger.created(new UUID(1, 2), 16).resumed(1, "");

  @Test
  void data_first_isEpochOneWithoutWatermark() {
    Decision decision = next(Trigger.asap(), EVENT_TIME, fresh, DATA);

    EpochTimes times = new EpochTimes(1, NOW, Watermark.NONE, Watermark.NONE);
    assertThat(decision).isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @Test
  void data_afterTheWatermarkMoved_runsWithBothWatermarks() {
    QueryLedger moved = ran(fresh, Watermark.of(15));

    Decision decision = next(Trigger.asap(), EVENT_TIME, moved, DATA);

    EpochTimes times = new EpochTimes(2, NOW, Watermark.of(15), Watermark.NONE);
    assertThat(decision).isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @Test
  void noData_atFirst_waits() {
    assertThat(next(Trigger.asap(), EVENT_TIME, fresh, NO_DATA)).isEqualTo(new Decision.Wait(null));
  }

  @Test
  void noData_afterTheWatermarkMoved_runsOneEpochWithoutData() {
    QueryLedger moved = ran(fresh, Watermark.of(15));

    Decision first = next(Trigger.asap(), EVENT_TIME, moved, NO_DATA);
    Decision second = next(Trigger.asap(), EVENT_TIME, ran(moved, Watermark.of(15)), NO_DATA);

    EpochTimes times = new EpochTimes(2, NOW, Watermark.of(15), Watermark.NONE);
    assertThat(first).isEqualTo(new Decision.Run(new EpochPlan(NO_DATA, times)));
    assertThat(second).isEqualTo(new Decision.Wait(null));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "PROCESSING_TIME"})
  void noData_afterTheWatermarkMoved_waitsWithoutEventTimeTimeouts(GroupStateTimeout timeout) {
    QueryLedger moved = ran(fresh, Watermark.of(15));

    assertThat(next(Trigger.asap(), timeout, moved, NO_DATA)).isEqualTo(new Decision.Wait(null));
  }

  @Test
  void lateWatermark_trailsByOneEpoch() {
    QueryLedger ledger = ran(ran(fresh, Watermark.of(15)), Watermark.of(20));

    Decision decision = next(Trigger.asap(), EVENT_TIME, ledger, DATA);

    EpochTimes times = new EpochTimes(3, NOW, Watermark.of(20), Watermark.of(15));
    assertThat(decision).isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @Test
  void d6_timerDueBeforeNow_runsAnEpochWithoutData() {
    Decision decision = nextWithTimer(Trigger.asap(), NOW - 1);

    EpochTimes times = new EpochTimes(1, NOW, Watermark.NONE, Watermark.NONE);
    assertThat(decision).isEqualTo(new Decision.Run(new EpochPlan(NO_DATA, times)));
  }

  @Test
  void d6_timerDueNow_waitsOneMillisecond() {
    assertThat(nextWithTimer(Trigger.asap(), NOW)).isEqualTo(new Decision.Wait(NOW + 1));
  }

  @Test
  void d6_availableNow_endsAlthoughATimerWaits() {
    assertThat(nextWithTimer(Trigger.availableNow(), NOW)).isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void eventTimeTimer_aloneRunsNothing() {
    Decision decision =
        planner(Trigger.asap(), EVENT_TIME)
            .next(fresh, WITH_DATA, NO_DATA, new NextDue(1L, null), NOW);

    assertThat(decision).isEqualTo(new Decision.Wait(null));
  }

  @Test
  void eventTimeTimer_thatTheWatermarkHasPassed_runsAnEpoch() {
    QueryLedger moved = ran(ran(fresh, Watermark.of(15)), Watermark.of(15));

    assertThat(first(Trigger.asap(), moved, NO_DATA, new NextDue(15L, null)))
        .isEqualTo(new Decision.Wait(null));
    EpochTimes times = new EpochTimes(3, NOW, Watermark.of(15), Watermark.of(15));
    assertThat(first(Trigger.asap(), moved, NO_DATA, new NextDue(14L, null)))
        .isEqualTo(new Decision.Run(new EpochPlan(NO_DATA, times)));
  }

  @Test
  void once_runsOneEpochAndEnds() {
    EpochPlanner planner = planner(Trigger.once(), EVENT_TIME);
    QueryLedger moved = ran(fresh, Watermark.of(15));

    assertThat(planner.next(fresh, RunSoFar.NOTHING, DATA, NextDue.NEVER, NOW))
        .isInstanceOf(Decision.Run.class);
    assertThat(planner.next(moved, WITH_DATA, DATA, NextDue.NEVER, NOW))
        .isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void restart_withoutData_runsNothingAlthoughTheWatermarkHasMoved() {
    QueryLedger moved = ran(fresh, Watermark.of(15)).resumed(2, "");

    assertThat(first(Trigger.asap(), moved, NO_DATA, NextDue.NEVER))
        .isEqualTo(new Decision.Wait(null));
    assertThat(first(Trigger.once(), moved, NO_DATA, NextDue.NEVER))
        .isEqualTo(Decision.Finish.INSTANCE);
    assertThat(first(Trigger.availableNow(), moved, NO_DATA, NextDue.NEVER))
        .isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void restart_withData_runsWithBothWatermarks() {
    QueryLedger moved = ran(fresh, Watermark.of(15)).resumed(2, "");

    EpochTimes times = new EpochTimes(2, NOW, Watermark.of(15), Watermark.NONE);
    assertThat(first(Trigger.asap(), moved, DATA, NextDue.NEVER))
        .isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @Test
  void restart_withATimerDue_runsAnEpochThatMakesNothingLate() {
    QueryLedger moved = ran(fresh, Watermark.of(15)).resumed(2, "");
    WatermarkRule rule = new WatermarkRule(List.of(), WatermarkPolicy.MIN);

    Decision decision = first(Trigger.asap(), moved, NO_DATA, new NextDue(null, NOW - 1));

    EpochPlan timeouts =
        new EpochPlan(NO_DATA, new EpochTimes(2, NOW, Watermark.NONE, Watermark.NONE));
    assertThat(decision).isEqualTo(new Decision.Run(timeouts));
    QueryLedger planned = moved.planned(timeouts);
    QueryLedger after =
        planned.committed(rule.commit(planned, timeouts, List.of(), EventCounts.NONE));
    EpochTimes times = new EpochTimes(3, NOW, Watermark.of(15), Watermark.NONE);
    assertThat(
            planner(Trigger.asap(), EVENT_TIME)
                .next(after, RunSoFar.NOTHING.after(timeouts), DATA, NextDue.NEVER, NOW))
        .isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @Test
  void restart_ofADrain_closesEverything() {
    QueryLedger moved = ran(fresh, Watermark.of(15)).resumed(2, "");

    EpochTimes times = new EpochTimes(2, NOW, Watermark.of(15), Watermark.NONE);
    assertThat(first(Trigger.drain(), moved, NO_DATA, NextDue.NEVER))
        .isEqualTo(new Decision.Run(new EpochPlan(NO_DATA, times)));
  }

  @Test
  void once_withNothingToDo_ends() {
    assertThat(next(Trigger.once(), NONE, fresh, NO_DATA)).isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void availableNow_readsOnUntilNothingIsOffered() {
    EpochPlanner planner = planner(Trigger.availableNow(), NONE);

    assertThat(planner.next(fresh, WITH_DATA, DATA, NextDue.NEVER, NOW))
        .isInstanceOf(Decision.Run.class);
    assertThat(planner.next(fresh, WITH_DATA, NO_DATA, NextDue.NEVER, NOW))
        .isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void availableNow_closesWhatTheWatermarkHasPassedAndEnds() {
    QueryLedger moved = ran(fresh, Watermark.of(15));

    assertThat(next(Trigger.availableNow(), EVENT_TIME, moved, NO_DATA))
        .isInstanceOf(Decision.Run.class);
    assertThat(next(Trigger.availableNow(), EVENT_TIME, ran(moved, Watermark.of(15)), NO_DATA))
        .isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void drain_whenEverythingIsRead_movesTheWatermarkToTheEndAndEnds() {
    QueryLedger settled = ran(ran(fresh, Watermark.of(15)), Watermark.of(15));

    Decision first = next(Trigger.drain(), EVENT_TIME, settled, NO_DATA);
    Decision second = next(Trigger.drain(), EVENT_TIME, ran(settled, Watermark.END), NO_DATA);
    QueryLedger drained = ran(ran(settled, Watermark.END), Watermark.END);
    Decision third = next(Trigger.drain(), EVENT_TIME, drained, NO_DATA);

    EpochTimes times = new EpochTimes(3, NOW, Watermark.END, Watermark.of(15));
    assertThat(first).isEqualTo(new Decision.Run(new EpochPlan(NO_DATA, times)));
    assertThat(second).isInstanceOf(Decision.Run.class);
    assertThat(third).isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void drain_afterItsOwnEpoch_ends() {
    EpochTimes times = new EpochTimes(1, NOW, Watermark.END, Watermark.NONE);
    QueryLedger drained =
        fresh
            .planned(new EpochPlan(NO_DATA, times))
            .committed(new EpochCommit(1, Watermark.END, EventCounts.NONE));

    assertThat(next(Trigger.drain(), EVENT_TIME, drained, NO_DATA))
        .isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void drain_withDataOffered_readsItFirst() {
    EpochTimes times = new EpochTimes(1, NOW, Watermark.NONE, Watermark.NONE);

    assertThat(next(Trigger.drain(), EVENT_TIME, fresh, DATA))
        .isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "PROCESSING_TIME"})
  void drain_withoutEventTimeTimeouts_ends(GroupStateTimeout timeout) {
    assertThat(next(Trigger.drain(), timeout, fresh, NO_DATA)).isEqualTo(Decision.Finish.INSTANCE);
  }

  @Test
  void processingTime_ofAClockThatWentBack_standsStill() {
    QueryLedger ledger = ran(fresh, Watermark.NONE);

    Decision decision =
        planner(Trigger.asap(), NONE).next(ledger, WITH_DATA, DATA, NextDue.NEVER, NOW - 5000);

    EpochTimes times = new EpochTimes(2, NOW, Watermark.NONE, Watermark.NONE);
    assertThat(decision).isEqualTo(new Decision.Run(new EpochPlan(DATA, times)));
  }

  private static Decision next(
      Trigger trigger, GroupStateTimeout timeout, QueryLedger ledger, List<OffsetRange> offered) {
    return planner(trigger, timeout).next(ledger, WITH_DATA, offered, NextDue.NEVER, NOW);
  }

  /** Returns what a run of a query with timeouts in event time does first. */
  private static Decision first(
      Trigger trigger, QueryLedger ledger, List<OffsetRange> offered, NextDue due) {
    return planner(trigger, EVENT_TIME).next(ledger, RunSoFar.NOTHING, offered, due, NOW);
  }

  private static EpochPlanner planner(Trigger trigger, GroupStateTimeout timeout) {
    return new EpochPlanner(
        trigger, timeout == EVENT_TIME, new WatermarkRule(List.of(), WatermarkPolicy.MIN));
  }

  private Decision nextWithTimer(Trigger trigger, long dueMillis) {
    return planner(trigger, PROCESSING_TIME)
        .next(fresh, WITH_DATA, NO_DATA, new NextDue(null, dueMillis), NOW);
  }

  /** Returns the ledger after its next epoch. */
  private static QueryLedger ran(QueryLedger ledger, Watermark nextWatermark) {
    long epoch = ledger.committedEpoch() + 1;
    EpochTimes times = new EpochTimes(epoch, NOW, ledger.nextWatermark(), ledger.watermark());
    return ledger
        .planned(new EpochPlan(NO_DATA, times))
        .committed(new EpochCommit(epoch, nextWatermark, EventCounts.NONE));
  }
}
