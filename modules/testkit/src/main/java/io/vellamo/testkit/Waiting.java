package io.vellamo.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Bounded waits for a query. */
final class Waiting {
  /** An action that waits. */
  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }

  private Waiting() {}

  /**
   * Waits for a future up to a limit and rethrows its failure.
   *
   * @param what the awaited condition, for the message
   * @param found describes the current state, for the message
   */
  static void until(String what, Duration limit, Supplier<String> found, Future<?> done) {
    try {
      done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "%s within [%s] of real time, was [%s]; if a function, source or sink needs longer, raise waitLimit"
              .formatted(what, limit, found.get()),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while [%s] was waited for".formatted(what), e);
    }
  }

  /**
   * Waits for an action up to a limit. The action runs on its own thread, which is then
   * interrupted.
   */
  static void until(String what, Duration limit, Supplier<String> found, Wait wait) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread waiting = new Thread(() -> complete(done, wait), "vellamo-harness");
    waiting.setDaemon(true);
    waiting.start();
    try {
      until(what, limit, found, done);
    } finally {
      waiting.interrupt();
    }
  }

  private static void complete(CompletableFuture<Void> done, Wait wait) {
    try {
      wait.run();
      done.complete(null);
    } catch (InterruptedException | RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }
}
