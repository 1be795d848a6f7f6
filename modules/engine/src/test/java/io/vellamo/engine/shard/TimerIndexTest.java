package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimerIndexTest {
  private final TimerIndex timers = new TimerIndex();

  @Test
  void due_isStrictlyBefore() {
    timers.replace(key("a"), null, 10L);

    assertThat(timers.dueBefore(10)).isEmpty();
    assertThat(timers.dueBefore(11)).containsExactly(key("a"));
  }

  @Test
  void due_isOrderedByTimeThenKey() {
    timers.replace(key("c"), null, 10L);
    timers.replace(key("b"), null, 20L);
    timers.replace(key("a"), null, 20L);
    timers.replace(key("d"), null, 5L);

    assertThat(timers.dueBefore(100)).containsExactly(key("d"), key("c"), key("a"), key("b"));
  }

  @Test
  void timer_replaced_isDueAtTheNewTimeOnly() {
    timers.replace(key("a"), null, 10L);
    timers.replace(key("a"), 10L, 20L);

    assertThat(timers.dueBefore(20)).isEmpty();
    assertThat(timers.dueBefore(21)).containsExactly(key("a"));
  }

  @Test
  void timer_removed_leavesNothing() {
    timers.replace(key("a"), null, 10L);
    timers.replace(key("a"), 10L, null);

    assertThat(timers.dueBefore(100)).isEmpty();
    assertThat(timers.earliestMillis()).isNull();
  }

  @Test
  void earliest_isTheSmallestDueTime() {
    timers.replace(key("a"), null, 10L);
    timers.replace(key("b"), null, -10L);

    assertThat(timers.earliestMillis()).isEqualTo(-10);
  }
}
