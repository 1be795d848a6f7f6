package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.protocol.query.ShardRestarts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RestartDelaysTest {
  private final RestartDelays delays = new RestartDelays(new ShardRestarts(100, 300, 1_000));

  @Test
  void failure_afterFailure_doublesTheDelayUpToTheLongest() {
    assertThat(delays.afterFailure()).contains(Duration.ofMillis(100));
    assertThat(delays.afterFailure()).contains(Duration.ofMillis(200));
    assertThat(delays.afterFailure()).contains(Duration.ofMillis(300));
    assertThat(delays.afterFailure()).contains(Duration.ofMillis(300));
  }

  @Test
  void failure_thatLasts_isGivenUp() {
    for (int i = 0; i < 5; i++) {
      assertThat(delays.afterFailure()).isPresent();
    }

    assertThat(delays.afterFailure()).isEmpty();
  }

  @Test
  void failure_afterWork_beginsAgain() {
    delays.afterFailure();
    delays.afterFailure();

    delays.worked();

    assertThat(delays.afterFailure()).contains(Duration.ofMillis(100));
  }

  @Test
  void conflict_waitsLongestAndIsNeverGivenUp() {
    for (int i = 0; i < 100; i++) {
      assertThat(delays.afterConflict()).isEqualTo(Duration.ofMillis(300));
    }
    assertThat(delays.afterFailure()).contains(Duration.ofMillis(100));
  }
}
