package io.vellamo.actors.calls;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query's own thread for the calls of its source or of its sinks. It makes one call after the
 * other, in the order in which they were submitted, and each may block. No other query shares the
 * thread, so a call that never returns holds up nothing else.
 *
 * <p><b>Threading</b> Safe to share; submitting a call never waits.
 */
public final class SerialThread implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialThread.class);

  private final String name;
  private final UserCalls calls;
  private final ExecutorService executor;

  /**
   * Creates a thread that is not started yet.
   *
   * @param executor runs one task after the other
   * @param name its name, for messages
   * @param calls tracks its calls
   */
  public SerialThread(ExecutorService executor, String name, UserCalls calls) {
    this.executor = executor;
    this.name = name;
    this.calls = calls;
  }

  /**
   * Makes a call when its turn comes.
   *
   * @param description the call in words
   * @return completes with the result of the call; fails with its exception, or with a {@link
   *     RejectedExecutionException} if no thread can be started or {@link #end} was called before
   */
  public <T> CompletableFuture<T> call(String description, Callable<T> call) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return calls.call(description, call);
            } catch (Exception e) {
              throw new CompletionException(e);
            }
          },
          this);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (OutOfMemoryError e) {
      String message =
          "No thread can be started for [%s], the process has [%d]; allow it more threads, or run fewer queries"
              .formatted(name, Thread.activeCount());
      LOG.error(message, e);
      throw new RejectedExecutionException(message, e);
    }
  }

  /** Ends the thread once all submitted calls have been made. */
  public void end() {
    executor.shutdown();
  }
}
