package io.vellamo.actors.observe;

import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionFailures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pending events of one listener, and the calls that deliver them one after the other.
 *
 * <p>Bounded: if a listener falls behind, its oldest droppable events are discarded. The other
 * events are few, two for each run of a query and two for each outage, and are kept.
 *
 * <p><b>Threading</b> Safe to share. The listener is called on the executor, by one thread at a
 * time, which is released after each event.
 */
final class ListenerMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerMailbox.class);

  private final StreamingQueryListener listener;
  private final Executor executor;
  private final int maxPending;
  private final Failures failures;

  // All guarded by this.
  private final Deque<ListenerBus.Event> pending = new ArrayDeque<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private boolean running;
  private boolean closed;
  private long discarded;

  ListenerMailbox(
      StreamingQueryListener listener, Executor executor, int maxPending, Failures failures) {
    this.listener = listener;
    this.executor = executor;
    this.maxPending = maxPending;
    this.failures = failures;
  }

  StreamingQueryListener listener() {
    return listener;
  }

  synchronized void add(ListenerBus.Event event) {
    if (closed) {
      return;
    }
    pending.add(event);
    if (pending.size() > maxPending) {
      discardOldest();
    }
    if (!running) {
      running = true;
      runNext();
    }
  }

  /** Discards pending events; a call under way continues. */
  synchronized void close() {
    closed = true;
    pending.clear();
    completeWaiting();
  }

  /** Returns a future that completes when all events so far have been delivered or discarded. */
  synchronized CompletableFuture<Void> drained() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    waiting.add(drained);
    if (!running) {
      completeWaiting();
    }
    return drained;
  }

  private void discardOldest() {
    Iterator<ListenerBus.Event> oldestFirst = pending.iterator();
    while (oldestFirst.hasNext()) {
      if (oldestFirst.next().isDroppable()) {
        oldestFirst.remove();
        if (discarded++ == 0) {
          LOG.warn(
              "Listener [{}] must keep up with its queries, found [{}] events pending; its oldest"
                  + " progress events are discarded; make it faster, or raise"
                  + " vellamo.listeners.max-pending",
              listener.getClass().getName(),
              maxPending);
        }
        return;
      }
    }
  }

  private void runNext() {
    try {
      executor.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      LOG.warn(
          "Listener [{}] can't be told of [{}] pending events: the actor system has ended",
          listener.getClass().getName(),
          pending.size());
      running = false;
      close();
    }
  }

  private void deliver() {
    // In finally: if the call or its logging throws, later events must still be delivered.
    try {
      ListenerBus.Event event = next();
      if (event != null) {
        call(event);
      }
    } finally {
      delivered();
    }
  }

  private synchronized ListenerBus.@Nullable Event next() {
    return pending.poll();
  }

  private synchronized void delivered() {
    if (!pending.isEmpty()) {
      runNext();
      return;
    }
    running = false;
    if (discarded > 0) {
      LOG.warn(
          "Listener [{}] keeps up again, after [{}] progress events were discarded",
          listener.getClass().getName(),
          discarded);
      discarded = 0;
    }
    completeWaiting();
  }

  private void completeWaiting() {
    waiting.forEach(drained -> drained.complete(null));
    waiting.clear();
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a listener throws affects nothing else
  private void call(ListenerBus.Event event) {
    try {
      event.call().accept(listener);
    } catch (Exception | Error e) {
      if (FunctionFailures.isOfTheMachine(e)) {
        event.onMachineFailure().accept(e);
      }
      LOG.error(
          "Listener [{}] must not throw, threw {}; it is told of later events all the same",
          listener.getClass().getName(),
          failures.describe(e),
          e);
    }
  }
}
