package io.vellamo.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QueryLedgerTest {
  private static final UUID ID = new UUID(1, 2);
  private static final SourcePartition PARTITION = new SourcePartition("p");
  private static final EpochPlan PLAN =
      new EpochPlan(
          List.of(new OffsetRange(PARTITION, 0, 3)),
          new EpochTimes(1, 500, Watermark.of(10), Watermark.NONE));
  private static final EpochCommit COMMIT =
      new EpochCommit(1, Watermark.of(20), new EventCounts(2, 1, 0));

  private final QueryLedger created = QueryLedger.created(ID, 16);

  @Test
  void created_hasDoneNothing() {
    assertThat(created)
        .isEqualTo(
            new QueryLedger(
                ID,
                16,
                0,
                0,
                Offsets.none(),
                Watermark.NONE,
                Watermark.NONE,
                Long.MIN_VALUE,
                EventCounts.NONE,
                null,
                StateShapes.NONE,
                List.of()));
  }

  @Test
  void resumed_changesIncarnationAndShapeOnly() {
    QueryLedger planned = created.planned(PLAN);

    QueryLedger resumed = planned.resumed(4, "a");

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("incarnation", "shapes")
        .isEqualTo(planned);
    assertThat(resumed.incarnation()).isEqualTo(4);
    assertThat(resumed.shapes()).isEqualTo(new StateShapes("a", ""));
  }

  @Test
  void epoch_plannedOrCommitted_provesTheShapeOfItsRun() {
    QueryLedger planned = created.resumed(1, "a").planned(PLAN);
    QueryLedger committed = planned.resumed(2, "b").committed(COMMIT);

    assertThat(planned.shapes()).isEqualTo(new StateShapes("a", "a"));
    assertThat(committed.shapes()).isEqualTo(new StateShapes("b", "b"));
  }

  @Test
  void planned_remembersPlanAndProcessingTime() {
    QueryLedger planned = created.planned(PLAN);

    assertThat(planned.planned()).isEqualTo(PLAN);
    assertThat(planned.processingTimeMillis()).isEqualTo(500);
    assertThat(planned.committedEpoch()).isZero();
    assertThat(planned.watermark()).isEqualTo(Watermark.NONE);
  }

  @Test
  void committed_movesEverythingOn() {
    QueryLedger committed = created.planned(PLAN).committed(COMMIT);

    assertThat(committed)
        .isEqualTo(
            new QueryLedger(
                ID,
                16,
                0,
                1,
                Offsets.of(Map.of(PARTITION, 3L)),
                Watermark.of(10),
                Watermark.of(20),
                500,
                new EventCounts(2, 1, 0),
                null,
                StateShapes.NONE,
                List.of()));
  }

  @Test
  void committed_addsToTheTotal() {
    EpochPlan second =
        new EpochPlan(List.of(), new EpochTimes(2, 600, Watermark.of(20), Watermark.of(10)));

    QueryLedger ledger =
        created
            .planned(PLAN)
            .committed(COMMIT)
            .planned(second)
            .committed(new EpochCommit(2, Watermark.of(20), new EventCounts(1, 1, 1)));

    assertThat(ledger.total()).isEqualTo(new EventCounts(3, 2, 1));
    assertThat(ledger.offsets()).isEqualTo(Offsets.of(Map.of(PARTITION, 3L)));
  }

  @Test
  void committed_withoutPlan_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> created.committed(COMMIT))
        .withMessage("Epoch [1] can't be committed, planned is [none]");
  }

  @Test
  void committed_ofAnotherEpoch_isRefused() {
    EpochCommit other = new EpochCommit(2, Watermark.NONE, EventCounts.NONE);

    assertThatIllegalStateException()
        .isThrownBy(() -> created.planned(PLAN).committed(other))
        .withMessage("Epoch [2] can't be committed, planned is [1]");
  }

  @Test
  void plan_copiesItsRanges() {
    List<OffsetRange> ranges = new ArrayList<>(PLAN.ranges());
    EpochPlan plan = new EpochPlan(ranges, PLAN.times());
    ranges.clear();

    assertThat(plan).isEqualTo(PLAN);
  }
}
