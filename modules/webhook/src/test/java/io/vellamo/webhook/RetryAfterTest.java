package io.vellamo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
  private static final String DATE = "Sat, 28 Nov 2026 10:00:00 GMT";

  @Test
  void seconds_areAPause() {
    assertThat(RetryAfter.parse(" 120 ", "")).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("0", DATE)).isEqualTo(Duration.ZERO);
  }

  @Test
  void date_isCountedFromTheDateOfTheAnswer() {
    assertThat(RetryAfter.parse("Sat, 28 Nov 2026 10:01:30 GMT", DATE))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(RetryAfter.parse("Sat, 28 Nov 2026 09:00:00 GMT", DATE)).isEqualTo(Duration.ZERO);
    assertThat(RetryAfter.parse("Sat, 28 Nov 2026 10:01:30 GMT", "")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999", "٣", "2026-11-28T10:00:00Z"})
  void otherText_isNoPause(String text) {
    assertThat(RetryAfter.parse(text, DATE)).isNull();
  }

  @Test
  void pauses_doubleUpToTheLongest() {
    Attempts policy = new Attempts(5, Duration.ofMillis(200), Duration.ofSeconds(1));

    assertThat(policy.pauseAfter(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.pauseAfter(2)).isEqualTo(Duration.ofMillis(400));
    assertThat(policy.pauseAfter(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.pauseAfter(1_000_000)).isEqualTo(Duration.ofSeconds(1));
  }
}
