package io.vellamo.cluster.shard;

import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A thread of a sink whose calls are made when a test says so. */
final class QueuedCalls extends AbstractExecutorService {
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private boolean isEnded;

  SerialThread thread() {
    return new SerialThread(this, "sink", new UserCalls(() -> {}, System::nanoTime));
  }

  /** Makes the calls that wait. */
  void run() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  @Override
  public void execute(Runnable task) {
    if (isEnded) {
      throw new RejectedExecutionException("ended");
    }
    queue.add(task);
  }

  @Override
  public void shutdown() {
    isEnded = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return isEnded;
  }

  @Override
  public boolean isTerminated() {
    return isEnded && queue.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
