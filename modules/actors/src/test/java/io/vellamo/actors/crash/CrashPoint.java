package io.vellamo.actors.crash;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Kills this process, as {@code kill -9} does, when a step is passed for the n-th time. */
final class CrashPoint {
  private final @Nullable CrashStep step;
  private final AtomicInteger left;

  CrashPoint(@Nullable CrashStep step, int times) {
    this.step = step;
    this.left = new AtomicInteger(times);
  }

  void pass(CrashStep passed) {
    pass(passed, () -> {});
  }

  /** Passes a step that is reached only after waiting for something. */
  void pass(CrashStep passed, Runnable waiting) {
    if (passed == step && left.decrementAndGet() == 0) {
      waiting.run();
      kill();
    }
  }

  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    while (true) {
      LockSupport.park();
    }
  }
}
