package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conditions of a change of the number of shards, given the query's journal. */
final class ReshardChecksTest {
  private static final List<QueryRecord> ONE_WRITER =
      List.of(
          new QueryCreated(new UUID(0, 1), 4, List.of(), 1, WatermarkPolicy.MIN),
          new QueryResumed(1, ""),
          planned(1),
          committed(1));
  private static final OperatorSum SUM = OperatorSum.NONE;

  @Test
  void epoch_thatIsPlannedAndNotCommitted_isRefused() {
    assertThatCode(() -> checks().requireAllCommitted()).doesNotThrowAnyException();
    assertThatThrownBy(() -> checks(planned(2)).requireAllCommitted())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "All epochs of query [q] must be committed before its shards are changed, epoch [2] is planned");
  }

  @Test
  void rowsOfASinkInRanges_mustBeCommittedThere() {
    QueryRecord divided = new SinkDivided(2);
    QueryRecord atSink = new SinkCommitted(1);

    assertThatCode(() -> checks().requireAtSink(true)).doesNotThrowAnyException();
    assertThatCode(() -> checks(divided).requireAtSink(false)).doesNotThrowAnyException();
    assertThatCode(() -> checks(divided, atSink).requireAtSink(true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> checks(divided).requireAtSink(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must have committed epoch [1]");
    assertThatThrownBy(() -> checks(divided, atSink, planned(2), committed(2)).requireAtSink(true))
        .hasMessageContaining("must have committed epoch [2]");
  }

  @Test
  void copy_thatDiffers_isRefused() {
    VerifyReport right = new VerifyReport("q", 4, 1, 0, 0, 4, 0, 0, 0, List.of());
    OperatorSum other = new OperatorSum(1, 0, 0, 5, 5);

    assertThatCode(() -> checks().requireSame(right, List.of(SUM), List.of(SUM)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> checks().requireSame(right, List.of(other), List.of(SUM)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must hold the groups of the old ones");
  }

  private static ReshardChecks checks(QueryRecord... further) {
    return new ReshardChecks("q", QueryState.EMPTY.after(ONE_WRITER).after(List.of(further)));
  }

  private static EpochPlanned planned(long epoch) {
    return new EpochPlanned(
        new EpochPlan(List.of(), new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE)));
  }

  private static EpochCommitted committed(long epoch) {
    return new EpochCommitted(new EpochCommit(epoch, Watermark.NONE, EventCounts.NONE));
  }
}
