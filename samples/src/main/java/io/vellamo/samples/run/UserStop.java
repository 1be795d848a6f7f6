package io.vellamo.samples.run;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A shutdown hook that ends a run cleanly when the user presses Ctrl-C or the process is
 * terminated.
 *
 * <p>The JVM waits until the run has released its resources, for 10 s at most.
 */
public final class UserStop implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Terminal terminal;
  private final String message;
  private final Thread hook = new Thread(this::onShutdown, "user-stop");
  private final CountDownLatch runEnded = new CountDownLatch(1);

  /** Guarded by this. */
  private final List<StreamingQuery> queries = new ArrayList<>();

  /** Guarded by this. */
  private boolean asked;

  private UserStop(Terminal terminal, String message) {
    this.terminal = terminal;
    this.message = message;
  }

  /**
   * Listens until it is closed.
   *
   * @param message what the user is told once the run has ended
   */
  public static UserStop listen(Terminal terminal, String message) {
    UserStop stop = new UserStop(terminal, message);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /**
   * Adds a query to stop, and stops it at once if the JVM is shutting down already.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void stops(StreamingQuery started) throws InterruptedException {
    if (register(started)) {
      started.stop();
    }
  }

  /**
   * Checks that the run ended by itself.
   *
   * @throws InterruptedException if the user stopped it
   */
  public synchronized void requireNone() throws InterruptedException {
    if (asked) {
      throw new InterruptedException("stopped by the user");
    }
  }

  /** Signals that the run has released its resources. */
  @Override
  public void close() {
    runEnded.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down; the hook ends with it.
      return;
    }
  }

  private synchronized boolean register(StreamingQuery started) {
    queries.add(started);
    return asked;
  }

  private synchronized List<StreamingQuery> ask() {
    asked = true;
    return List.copyOf(queries);
  }

  private void onShutdown() {
    List<StreamingQuery> running = ask();
    try {
      for (StreamingQuery query : running) {
        query.stop();
      }
      if (runEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        terminal.error(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
