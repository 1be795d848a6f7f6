package io.vellamo.engine.protocol.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.protocol.HotGroup;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.shard.EpochCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measurement of a shard's effort. */
final class ShardMeterTest {
  @Test
  void work_isThatOfAllRoundsAndWrites() {
    ShardMeter meter = new ShardMeter(10);
    meter.begin(100);
    meter.called(List.of(call("a", 3, 20), call("b", 1, 5)), 140);
    meter.begin(200);
    meter.called(List.of(call("c", 0, 7)), 210);
    meter.begin(300);
    meter.written(64, 350);
    meter.begin(400);
    meter.written(36, 405);

    ShardWork work = meter.work();

    assertThat(work.calls()).isEqualTo(3);
    assertThat(work.callNanos()).isEqualTo(50);
    assertThat(work.functionNanos()).isEqualTo(32);
    assertThat(work.persistNanos()).isEqualTo(55);
    assertThat(work.journalBytes()).isEqualTo(100);
  }

  @Test
  void groups_withASmallPart_areLeftOut() {
    ShardMeter meter = new ShardMeter(4);

    meter.called(
        List.of(
            call("frequent", 80, 10), call("slow", 1, 400), call("both", 40, 300), call("c", 1, 1)),
        0);

    assertThat(meter.work().hot())
        .containsExactly(
            new HotGroup(key("frequent"), 80, 0),
            new HotGroup(key("slow"), 0, 400),
            new HotGroup(key("both"), 40, 300));
  }

  @Test
  void callsForTimers_haveNoEvents() {
    ShardMeter meter = new ShardMeter(4);

    meter.called(List.of(call("timer", -1, 9)), 0);

    assertThat(meter.work().hot()).containsExactly(new HotGroup(key("timer"), 0, 9));
  }

  @Test
  void groups_areNotKept_ifTheyAreNotWanted() {
    ShardMeter meter = new ShardMeter(0);

    meter.called(List.of(call("a", 9, 9)), 8);

    assertThat(meter.work()).isEqualTo(new ShardWork(1, 8, 0, 0, 0, List.of()));
  }

  /** Returns the result of a call with some events; with none at all for a timer. */
  private static CallResult call(String text, int events, long nanos) {
    GroupKey key = key(text);
    GroupBatch<Object> batch = null;
    if (events >= 0) {
      batch = new GroupBatch<>(key, text);
      for (int event = 0; event < events; event++) {
        batch.add("x", 0, event);
      }
    }
    GroupChange nothing = GroupChange.of(key, List.of(), List.of());
    return new CallResult.Returned(
            new EpochCall(key, GroupEntry.EMPTY, batch), new StepOutcome(nothing, List.of(), null))
        .measured(nanos);
  }
}
