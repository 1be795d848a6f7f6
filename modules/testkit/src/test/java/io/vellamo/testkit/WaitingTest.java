package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WaitingTest {
  @Test
  void wait_thatNeverEnds_failsAndIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                Waiting.until(
                    "something has come",
                    Duration.ofMillis(1),
                    () -> {
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "waited [PT0.001S] until something has come, in vain; if its trigger is timed, use the"
                + " default one");
    interrupted.await();
  }

  @Test
  void wait_thatThrows_passesItOn() {
    assertThatThrownBy(
            () ->
                Waiting.until(
                    "something has come",
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("on purpose");
  }

  @Test
  void wait_ofAnInterruptedThread_failsAndLeavesTheMark() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Waiting.until("something has come", new CountDownLatch(1)::await))
        .isInstanceOf(AssertionError.class)
        .hasMessage("interrupted while waiting until something has come");
    assertThat(Thread.interrupted()).isTrue();
  }
}
