package io.vellamo.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a query, but not for ever. */
final class Waiting {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Something that waits. */
  @FunctionalInterface
  interface Wait {
    void run() throws InterruptedException;
  }

  private Waiting() {}

  /**
   * Waits, and passes on what the waiting throws.
   *
   * @param what what is waited for, for the message
   */
  static void until(String what, Wait wait) {
    until(what, LIMIT, wait);
  }

  static void until(String what, Duration limit, Wait wait) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread waiting = new Thread(() -> complete(done, wait), "vellamo-harness");
    waiting.setDaemon(true);
    waiting.start();
    try {
      done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      waiting.interrupt();
      throw new AssertionError(
          "waited [%s] until %s, in vain; if its trigger is timed, use the default one"
              .formatted(limit, what),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (InterruptedException e) {
      waiting.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting until " + what, e);
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
