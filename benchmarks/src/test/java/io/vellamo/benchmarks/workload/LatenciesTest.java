package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
  @Test
  void quantiles_areOfTheRowsBehindTheFirstFifth() {
    Latencies latencies = new Latencies();
    for (int row = 0; row < 500; row++) {
      latencies.add(1_000_000_000L);
    }
    for (int millis = 2000; millis > 0; millis--) {
      latencies.add(millis * 1_000_000L);
    }

    assertThat(latencies.warm().quantileMillis(0.5)).isEqualTo(1000);
    assertThat(latencies.warm().quantileMillis(0.99)).isEqualTo(1980);
    assertThat(latencies.warm().quantileMillis(1)).isEqualTo(2000);
  }

  @Test
  void quantiles_withoutRows_areUnknown() {
    assertThat(new Latencies().warm().quantileMillis(0.5)).isNull();
  }
}
