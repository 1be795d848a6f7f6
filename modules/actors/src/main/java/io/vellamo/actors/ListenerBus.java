package io.vellamo.actors;

import io.vellamo.api.query.StreamingQueryListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens, one event after the other, on threads that may block.
 *
 * <p><b>Threading</b> Safe to share; nobody who tells waits.
 */
final class ListenerBus {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerBus.class);

  private final List<StreamingQueryListener> listeners = new CopyOnWriteArrayList<>();
  private final Executor executor;
  // Guarded by this.
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  ListenerBus(Executor executor) {
    this.executor = executor;
  }

  synchronized void add(StreamingQueryListener listener) {
    if (!listeners.contains(listener)) {
      listeners.add(listener);
    }
  }

  synchronized void remove(StreamingQueryListener listener) {
    listeners.remove(listener);
  }

  List<StreamingQueryListener> listeners() {
    return List.copyOf(listeners);
  }

  /** Tells everybody who listens when the event's turn comes. */
  synchronized void tell(Consumer<StreamingQueryListener> event) {
    if (!listeners.isEmpty()) {
      told =
          told.thenRunAsync(() -> listeners.forEach(listener -> call(listener, event)), executor);
    }
  }

  /** Returns what completes when everything told so far has been heard. */
  synchronized CompletableFuture<Void> drained() {
    return told;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a listener throws harms nothing else
  private static void call(
      StreamingQueryListener listener, Consumer<StreamingQueryListener> event) {
    try {
      event.accept(listener);
    } catch (Exception | LinkageError | AssertionError e) {
      LOG.error("Listener [{}] must not throw, it did; the query goes on", listener.getClass(), e);
    }
  }
}
