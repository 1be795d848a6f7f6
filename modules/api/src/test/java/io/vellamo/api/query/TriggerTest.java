package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TriggerTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S"})
  void processingTime_belowOneMillisecond_isRefused(Duration interval) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trigger.processingTime(interval))
        .withMessage(
            "interval must be at least 1 ms, was [%s]; use Trigger.asap() for no interval",
            interval);
  }

  @Test
  void ends_holdsForBoundedTriggersOnly() {
    assertThat(Trigger.asap().ends()).isFalse();
    assertThat(Trigger.processingTime(Duration.ofMillis(1)).ends()).isFalse();
    assertThat(Trigger.once().ends()).isTrue();
    assertThat(Trigger.availableNow().ends()).isTrue();
    assertThat(Trigger.drain().ends()).isTrue();
  }
}
