package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WaitingTest {
  @Test
  void wait_thatNeverEnds_failsAndIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                Waiting.until(
                    "something must come",
                    Duration.ofMillis(1),
                    () -> "nothing",
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
            "something must come within [PT0.001S] of real time, was [nothing]; if a function, source"
                + " or sink needs longer, raise waitLimit");
    interrupted.await();
  }

  @Test
  void wait_thatThrows_passesItOn() {
    assertThatThrownBy(
            () ->
                Waiting.until(
                    "something must come",
                    Duration.ofMinutes(1),
                    () -> "nothing",
                    () -> {
                      throw new IllegalStateException("on purpose");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("on purpose");
  }

  @Test
  void wait_ofAnInterruptedThread_failsAndLeavesTheMark() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                Waiting.until(
                    "something must come",
                    Duration.ofMinutes(1),
                    () -> "nothing",
                    new CompletableFuture<>()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("interrupted while [something must come] was waited for");
    assertThat(Thread.interrupted()).isTrue();
  }
}
