package io.vellamo.samples.run;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run cleanly when the user presses Ctrl-C or the process is told to end.
 *
 * <p>The JVM is held up until the run has let go of everything, but not for ever.
 */
final class UserStop implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Terminal terminal;
  private final Thread hook = new Thread(this::onShutdown, "user-stop");
  private final CountDownLatch runEnded = new CountDownLatch(1);

  /** Guarded by this. */
  private @Nullable StreamingQuery query;

  /** Guarded by this. */
  private boolean asked;

  private UserStop(Terminal terminal) {
    this.terminal = terminal;
  }

  static UserStop listen(Terminal terminal) {
    UserStop stop = new UserStop(terminal);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Sets the query to stop, now if that was asked for before. */
  void stops(StreamingQuery started) throws InterruptedException {
    if (register(started)) {
      started.stop();
    }
  }

  /**
   * Makes sure that the run ended by itself.
   *
   * @throws InterruptedException if the user ended it
   */
  synchronized void requireNone() throws InterruptedException {
    if (asked) {
      throw new InterruptedException("stopped by the user");
    }
  }

  /** Says that the run has let go of everything. */
  @Override
  public void close() {
    runEnded.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends already, and with it the hook.
      return;
    }
  }

  private synchronized boolean register(StreamingQuery started) {
    query = started;
    return asked;
  }

  private synchronized @Nullable StreamingQuery ask() {
    asked = true;
    return query;
  }

  private void onShutdown() {
    StreamingQuery running = ask();
    try {
      if (running != null) {
        running.stop();
      }
      if (runEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        terminal.error("Stopped. The same command goes on from the last committed epoch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
