package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PaceTest {
  @Test
  void pace_withoutARate_hasAllEventsDue() {
    assertThat(Pace.of(0).isPaced()).isFalse();
    assertThat(Pace.of(0).due()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pace_ofOneEventAnHour_hasTheFirstDueAtOnceAndTheSecondNot() {
    Pace pace = Pace.of(1 / 3600.0);
    pace.start();

    assertThat(pace.due()).isEqualTo(1);
    assertThat(pace.overdueNanos(0)).isNotNegative();
    assertThat(pace.overdueNanos(1)).isNegative();
  }

  @Test
  void rate_negative_isRefused() {
    assertThatThrownBy(() -> Pace.of(-1)).hasMessage("rate must not be negative, was [-1.0]");
  }
}
