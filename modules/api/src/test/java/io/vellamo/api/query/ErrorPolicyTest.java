package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.query.ErrorPolicy.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ErrorPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void policy_isActionAndRetries() {
    assertThat(ErrorPolicy.fail()).isEqualTo(new ErrorPolicy(0, Duration.ZERO, Action.FAIL));
    assertThat(ErrorPolicy.deadLetter())
        .isEqualTo(new ErrorPolicy(0, Duration.ZERO, Action.DEAD_LETTER));
    assertThat(ErrorPolicy.retry(3, SECOND).thenFail())
        .isEqualTo(new ErrorPolicy(3, SECOND, Action.FAIL));
    assertThat(ErrorPolicy.retry(3, SECOND).thenDeadLetter())
        .isEqualTo(new ErrorPolicy(3, SECOND, Action.DEAD_LETTER));
    assertThat(ErrorPolicy.park()).isEqualTo(new ErrorPolicy(0, Duration.ZERO, Action.PARK));
    assertThat(ErrorPolicy.retry(3, SECOND).thenPark())
        .isEqualTo(new ErrorPolicy(3, SECOND, Action.PARK));
  }

  @Test
  void backoff_doublesUpToAMinute() {
    ErrorPolicy policy = ErrorPolicy.retry(100, Duration.ofSeconds(10)).thenFail();

    assertThat(policy.backoff(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.backoff(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.backoff(3)).isEqualTo(Duration.ofSeconds(40));
    assertThat(policy.backoff(4)).isEqualTo(Duration.ofSeconds(60));
    assertThat(policy.backoff(100)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void backoff_longerThanAMinute_staysTheSame() {
    ErrorPolicy policy = ErrorPolicy.retry(3, Duration.ofMinutes(5)).thenFail();

    assertThat(policy.backoff(1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.backoff(3)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void backoff_ofNothing_isNothing() {
    assertThat(ErrorPolicy.retry(3, Duration.ZERO).thenFail().backoff(3)).isZero();
  }

  @Test
  void retry_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorPolicy.retry(0, SECOND))
        .withMessage("retries must be from 1 to 100, was [0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorPolicy.retry(101, SECOND))
        .withMessage("retries must be from 1 to 100, was [101]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ErrorPolicy.retry(1, Duration.ofMillis(-1)))
        .withMessage("backoff must be from 0 to [PT24H], was [PT-0.001S]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErrorPolicy(-1, SECOND, Action.FAIL))
        .withMessage("retries must be from 0 to 100, was [-1]");
  }
}
