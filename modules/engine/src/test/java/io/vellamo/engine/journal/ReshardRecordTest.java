package io.vellamo.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The state of a query whose number of shards is changed. */
final class ReshardRecordTest {
  private static final ShardLayout OLD = ShardLayout.first(4);
  private static final ShardLayout NEW = new ShardLayout(1, 16, 7);

  private final QueryState before =
      QueryState.EMPTY.after(
          List.of(
              new QueryCreated(new UUID(0, 1), 4, List.of(), 1, WatermarkPolicy.MIN),
              new SinkDivided(2),
              new QueryResumed(3, "shape"),
              new SinkCommitted(7)));

  @Test
  void change_thatHasBegun_leavesTheOldShardsInEffect() {
    QueryState begun = before.after(new ReshardRecord.Begun(4, NEW));

    assertThat(begun.knownCreated().layout()).isEqualTo(OLD);
    assertThat(begun.knownLedger().shards()).isEqualTo(4);
    assertThat(begun.knownLedger().incarnation()).isEqualTo(4);
    assertThat(begun.knownLedger().shapes()).isEqualTo(before.knownLedger().shapes());
    assertThat(begun.sinkRanges()).isEqualTo(2);
    assertThat(begun.reshards()).isEqualTo(new Reshards(1, List.of(NEW)));
  }

  @Test
  void change_thatHasEnded_putsTheNewShardsIntoEffect_andDividesTheSinkAgain() {
    QueryState ended =
        before.after(List.of(new ReshardRecord.Begun(4, NEW), new ReshardRecord.Ended(NEW)));

    assertThat(ended.knownCreated().layout()).isEqualTo(NEW);
    assertThat(ended.knownLedger().shards()).isEqualTo(16);
    assertThat(ended.sinkRanges()).isZero();
    assertThat(ended.sinkCommitted()).isZero();
    assertThat(ended.reshards()).isEqualTo(new Reshards(1, List.of(OLD)));
  }

  @Test
  void generation_thatIsRemoved_isNotUsedAgain_evenAfterASnapshot() {
    QueryState removed =
        before.after(List.of(new ReshardRecord.Begun(4, NEW), new ReshardRecord.Removed(1)));

    assertThat(QueryState.from(removed.toSnapshot()).reshards())
        .isEqualTo(new Reshards(1, List.of()));
  }
}
