package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StepOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EpochStepsTest {
  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);

  @Test
  void calls_areGroupsWithEventsFirst_thenTheOthersThatAreDue() {
    keep("a", 5L);
    keep("b", 5L);
    keep("c", 50L);
    GroupBatch<Object> events = new GroupBatch<>(key("b"), "b");
    EpochSteps steps = new EpochSteps(times(10, 0), List.of(events));

    assertThat(steps.eventCalls(ledger))
        .containsExactly(new EpochCall(key("b"), entry(1, 5L), events));
    assertThat(steps.timeoutCalls(ledger))
        .containsExactly(new EpochCall(key("a"), entry(1, 5L), null));
  }

  @Test
  void timeoutCalls_withNothingDue_areNone() {
    keep("a", 10L);

    assertThat(new EpochSteps(times(10, 0), List.of()).timeoutCalls(ledger)).isEmpty();
  }

  @Test
  void outcomes_areChangeRowsAndCounts() {
    EpochSteps steps = new EpochSteps(times(10, 0), List.of());
    GroupChange updated = new GroupChange(key("a"), Effect.STATE, new byte[] {1}, null, List.of());
    GroupChange removed = new GroupChange(key("b"), Effect.REMOVED, null, null, List.of());
    GroupChange nothing = new GroupChange(key("c"), Effect.NONE, null, null, List.of());

    steps.take(callOf(updated), new StepOutcome(updated, List.of("row"), null));
    steps.take(callOf(removed), new StepOutcome(removed, List.of(), null));
    steps.take(callOf(nothing), new StepOutcome(nothing, List.of(), null));

    assertThat(steps.change(7, null).groups()).containsExactly(updated, removed);
    assertThat(steps.change(7, null).incarnation()).isEqualTo(7);
    assertThat(steps.change(7, null).epoch()).isEqualTo(times(10, 0).epoch());
    assertThat(steps.rows()).containsExactly("row");
    assertThat(steps.updated()).isEqualTo(1);
    assertThat(steps.removed()).isEqualTo(1);
  }

  private void keep(String key, Long timeoutMillis) {
    GroupEntry entry = entry(1, timeoutMillis);
    ledger.restore(new SnapshotPart(List.of(new SnapshotPart.Group(key(key), entry)), true));
  }

  private static EpochCall callOf(GroupChange change) {
    return new EpochCall(change.key(), GroupEntry.EMPTY, null);
  }
}
