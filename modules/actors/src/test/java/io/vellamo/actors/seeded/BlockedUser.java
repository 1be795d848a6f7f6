package io.vellamo.actors.seeded;

import io.vellamo.api.query.StreamingQueryException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A user's thread in a call that blocks. */
final class BlockedUser {
  private static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private BlockedUser(String name, UserRequests.BlockingCall call) {
    this.thread = new Thread(() -> run(call), name);
    thread.setDaemon(true);
  }

  /** Makes a call; returns once it has returned or waits for an answer. */
  static BlockedUser start(String name, UserRequests.BlockingCall call) {
    BlockedUser user = new BlockedUser(name, call);
    user.thread.start();
    while (user.thread.isAlive() && user.thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return user;
  }

  private void run(UserRequests.BlockingCall call) {
    try {
      call.run();
    } catch (InterruptedException | StreamingQueryException | IllegalStateException e) {
      // The query has ended or has too many requests, or its process has crashed.
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  boolean isBlocked() {
    return thread.isAlive();
  }

  /** Checks that the call returns, as it has its answer. */
  void requireReturned() {
    join();
    if (failure != null) {
      throw new AssertionError(this + " failed", failure);
    }
  }

  private void join() {
    try {
      thread.join(MOST_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (thread.isAlive()) {
      throw new AssertionError("a user's call [%s] must return".formatted(this));
    }
  }

  /** Ends the call, as its process has crashed. */
  void interrupt() {
    thread.interrupt();
    join();
  }

  @Override
  public String toString() {
    return thread.getName();
  }
}
