package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** User code that blocks until the test opens the gate: a call that an interrupt ends, or not. */
final class UserGate {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();
  private final boolean heedsInterrupts;

  private UserGate(boolean heedsInterrupts) {
    this.heedsInterrupts = heedsInterrupts;
  }

  static UserGate heeding() {
    return new UserGate(true);
  }

  static UserGate ignoring() {
    return new UserGate(false);
  }

  /** Blocks the caller; if it heeds interrupts, throws as user code does. */
  void pass() {
    entered.countDown();
    while (true) {
      try {
        open.await();
        passed.incrementAndGet();
        return;
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
        if (heedsInterrupts) {
          throw new IllegalStateException("interrupted", e);
        }
      }
    }
  }

  void awaitEntered() throws InterruptedException {
    assertThat(entered.await(60, TimeUnit.SECONDS)).as("gate reached").isTrue();
  }

  int interrupts() {
    return interrupts.get();
  }

  int passed() {
    return passed.get();
  }

  void open() {
    open.countDown();
  }
}
