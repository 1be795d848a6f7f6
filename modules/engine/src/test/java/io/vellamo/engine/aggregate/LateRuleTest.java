package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which events are late for an aggregation. */
final class LateRuleTest {
  private static final Duration TEN = Duration.ofMillis(10);

  @Test
  void windows_areClosedAtTheirEnd() {
    LateRule rule = rule(Window.sliding(TEN.multipliedBy(2), TEN), OutputMode.APPEND);

    assertThat(rule.isLate("event", 5, Watermark.NONE)).isFalse();
    assertThat(rule.isLate("event", 5, Watermark.of(19))).isFalse();
    assertThat(rule.isLate("event", 5, Watermark.of(20))).isTrue();
    assertThat(rule.isLate("event", Long.MIN_VALUE + 1, Watermark.of(20))).isTrue();
    assertThat(rule.isLate("event", Long.MAX_VALUE - 1, Watermark.of(20))).isFalse();
  }

  @Test
  void wholeResult_takesEveryEvent_exceptOfSessions() {
    Watermark watermark = Watermark.of(100);

    assertThat(rule(Window.tumbling(TEN), OutputMode.COMPLETE).isLate("event", 5, watermark))
        .isFalse();
    assertThat(rule(null, OutputMode.UPDATE).isLate("event", 5, watermark)).isFalse();
    assertThat(rule(Window.session(TEN), OutputMode.COMPLETE).isLate("event", 5, watermark))
        .isTrue();
  }

  @Test
  void sessions_areClosedAfterTheirEnd() {
    LateRule rule = rule(Window.session(TEN), OutputMode.APPEND);

    assertThat(rule.isLate("event", 5, Watermark.NONE)).isFalse();
    assertThat(rule.isLate("event", 5, Watermark.of(5))).isFalse();
    assertThat(rule.isLate("event", 5, Watermark.of(15))).isFalse();
    assertThat(rule.isLate("event", 5, Watermark.of(16))).isTrue();
  }

  @Test
  void eventWithoutGap_isInNoSession_andNotLate() {
    LateRule rule = rule(Window.session(event -> null), OutputMode.APPEND);

    assertThat(rule.isLate("event", 5, Watermark.of(100))).isFalse();
  }

  private static LateRule rule(@Nullable Windows<?> windows, OutputMode mode) {
    AggregationCode code =
        new AggregationCode(Optional.ofNullable(windows), List.of(), (key, window, all) -> all);
    return Aggregations.lateRule(code, mode);
  }
}
