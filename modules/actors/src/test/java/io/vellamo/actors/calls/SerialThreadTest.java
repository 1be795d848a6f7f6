package io.vellamo.actors.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on a thread of their own. */
final class SerialThreadTest {
  private final AtomicInteger stops = new AtomicInteger();
  private final UserCalls calls = new UserCalls(stops::incrementAndGet, System::nanoTime);

  @ParameterizedTest
  @EnumSource(BlockingThreads.Kind.class)
  void calls_comeOneAfterTheOther_onADaemon(BlockingThreads.Kind kind) throws Exception {
    assumeThat(BlockingThreads.areAvailable(kind)).isTrue();
    SerialThread thread = thread(kind);
    CountDownLatch open = new CountDownLatch(1);

    CompletableFuture<Boolean> first =
        thread.call(
            "first",
            () -> {
              open.await();
              return Thread.currentThread().isDaemon();
            });
    CompletableFuture<List<UserCalls.InProgress>> second = thread.call("second", calls::inProgress);
    assertThat(second).isNotDone();
    open.countDown();

    assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
    List<UserCalls.InProgress> seen = second.get(60, TimeUnit.SECONDS);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).description()).isEqualTo("second");
    assertThat(seen.get(0).thread()).isEqualTo("test-1");
    thread.end();
  }

  @Test
  void interrupt_hitsTheCallInProgress_andNotTheNext() throws Exception {
    SerialThread thread = thread(BlockingThreads.Kind.PLATFORM);
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        thread.call(
            "first",
            () -> {
              entered.countDown();
              new CountDownLatch(1).await();
              return true;
            });
    CompletableFuture<Boolean> second =
        thread.call("second", () -> Thread.currentThread().isInterrupted());
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

    calls.stop();
    assertThat(calls.interrupt(Duration.ZERO)).hasSize(1);

    assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
    assertThat(stops).hasValue(1);
    thread.end();
  }

  @Test
  void threadThatCannotBeStarted_failsTheCall() {
    SerialThread thread =
        new SerialThread(
            BlockingThreads.serial(
                task -> {
                  throw new OutOfMemoryError("unable to create native thread");
                }),
            "test",
            calls);

    assertThatThrownBy(() -> thread.call("first", () -> true).get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("No thread can be started for [test]");
  }

  @Test
  void functions_areNotCalledOnceStopped() {
    CallSlot slot = calls.slot();
    assertThat(slot.enter(Object::toString)).isTrue();
    assertThat(calls.areIdle()).isFalse();
    slot.exit();

    calls.stop();

    assertThat(slot.enter(Object::toString)).isFalse();
    assertThat(calls.areIdle()).isTrue();
  }

  private SerialThread thread(BlockingThreads.Kind kind) {
    return new SerialThread(
        BlockingThreads.of(kind, (failed, cause) -> {}).serial("test"), "test", calls);
  }
}
