package io.vellamo.engine.epoch;

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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds for every sequence of inputs, clocks and restarts. */
final class EpochPropertyTest {
  /** What the world does before the next decision. */
  record Turn(
      int events,
      @Nullable Long maxEventTimeMillis,
      long nowMillis,
      boolean resumed,
      boolean drain) {}

  @Property
  void clocksAndOffsets_whateverHappens_neverMoveBack(
      @ForAll GroupStateTimeout timeout, @ForAll("turns") List<Turn> turns) {
    QueryLedger ledger = QueryLedger.created(new UUID(1, 2), 4);
    EpochTimes before = new EpochTimes(0, Long.MIN_VALUE, Watermark.NONE, Watermark.NONE);
    for (Turn turn : turns) {
      ledger = turn.resumed ? ledger.resumed(ledger.incarnation() + 1, "") : ledger;
      Trigger trigger = turn.drain ? Trigger.drain() : Trigger.asap();
      Decision decision =
          new EpochPlanner(
                  trigger,
                  timeout == GroupStateTimeout.EVENT_TIME,
                  new WatermarkRule(List.of(), WatermarkPolicy.MIN))
              .next(
                  ledger,
                  new RunSoFar(1, true),
                  offered(ledger, turn.events),
                  NextDue.NEVER,
                  turn.nowMillis);
      if (decision instanceof Decision.Run run) {
        EpochTimes times = run.plan().times();
        assertFollows(before, times);
        before = times;
        ledger = ledger.planned(run.plan()).committed(commit(run.plan(), turn));
      }
    }
  }

  @Property
  void noData_afterAnyHistory_runsAtMostOneEpoch(@ForAll("turns") List<Turn> turns) {
    QueryLedger ledger = QueryLedger.created(new UUID(1, 2), 4);
    EpochPlanner planner =
        new EpochPlanner(Trigger.asap(), true, new WatermarkRule(List.of(), WatermarkPolicy.MIN));
    Turn idle = new Turn(0, null, 0, false, false);
    for (Turn turn : turns) {
      Decision decision =
          planner.next(
              ledger,
              new RunSoFar(1, true),
              offered(ledger, turn.events),
              NextDue.NEVER,
              turn.nowMillis);
      if (decision instanceof Decision.Run run) {
        ledger = ledger.planned(run.plan()).committed(commit(run.plan(), turn));
      }
    }
    if (planner.next(ledger, new RunSoFar(1, true), List.of(), NextDue.NEVER, 0)
        instanceof Decision.Run run) {
      ledger = ledger.planned(run.plan()).committed(commit(run.plan(), idle));
    }

    assertThat(planner.next(ledger, new RunSoFar(1, true), List.of(), NextDue.NEVER, 0))
        .isEqualTo(new Decision.Wait(null));
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<Long> eventTimes = Arbitraries.longs().between(-5_000, 5_000).injectNull(0.2);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            eventTimes,
            Arbitraries.longs().between(-1_000, 1_000),
            Arbitraries.of(true, false),
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true))))
        .as(Turn::new)
        .list()
        .ofMaxSize(30);
  }

  private static List<OffsetRange> offered(QueryLedger ledger, int events) {
    SourcePartition partition = new SourcePartition("p");
    long from = ledger.offsets().of(partition).orElse(0);
    return events == 0 ? List.of() : List.of(new OffsetRange(partition, from, from + events));
  }

  private static EpochCommit commit(EpochPlan plan, Turn turn) {
    Watermark watermark = plan.times().watermark();
    Long max = plan.ranges().isEmpty() ? null : turn.maxEventTimeMillis;
    Watermark next = max == null ? watermark : watermark.advance(max, 100);
    return new EpochCommit(plan.epoch(), next, new EventCounts(turn.events, 0, 0));
  }

  private static void assertFollows(EpochTimes before, EpochTimes times) {
    assertThat(times.epoch()).isEqualTo(before.epoch() + 1);
    assertThat(times.processingTimeMillis()).isGreaterThanOrEqualTo(before.processingTimeMillis());
    assertThat(times.watermark()).isGreaterThanOrEqualTo(before.watermark());
    assertThat(times.lateWatermark()).isEqualTo(before.watermark());
  }
}
