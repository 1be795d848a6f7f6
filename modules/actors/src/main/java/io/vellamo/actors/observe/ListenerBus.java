package io.vellamo.actors.observe;

import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.engine.failure.Failures;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery of query events to listeners, each through a {@link ListenerMailbox} of its own: one
 * that is slow or throws does not affect the others.
 *
 * <p><b>Threading</b> Safe to share; telling waits for no listener.
 */
public final class ListenerBus {
  /**
   * An event of a query.
   *
   * @param call passes the event to a listener
   * @param isDroppable whether a listener that falls behind may miss it
   * @param onMachineFailure takes a JVM error that the call throws
   */
  record Event(
      Consumer<StreamingQueryListener> call,
      boolean isDroppable,
      Consumer<Throwable> onMachineFailure) {}

  private static final Logger LOG = LoggerFactory.getLogger(ListenerBus.class);

  private final Executor executor;
  private final int maxPending;
  private final Failures failures;
  // Guarded by this. Compared by identity, as equals is user code.
  private final Map<ListenerKey, ListenerMailbox> mailboxes = new LinkedHashMap<>();

  /**
   * Creates a bus without listeners.
   *
   * @param executor runs the calls; may block
   * @param maxPending the most pending events of one listener
   */
  public ListenerBus(Executor executor, int maxPending, Failures failures) {
    this.executor = executor;
    this.maxPending = maxPending;
    this.failures = failures;
  }

  public synchronized void add(StreamingQueryListener listener) {
    mailboxes.computeIfAbsent(
        new ListenerKey(listener),
        key -> new ListenerMailbox(listener, executor, maxPending, failures));
  }

  /** Removes a listener; its pending events are discarded. */
  public synchronized void remove(StreamingQueryListener listener) {
    ListenerMailbox removed = mailboxes.remove(new ListenerKey(listener));
    if (removed != null) {
      removed.close();
    }
  }

  public synchronized List<StreamingQueryListener> listeners() {
    return mailboxes.values().stream().map(ListenerMailbox::listener).toList();
  }

  /** Tells all present listeners of an event. */
  synchronized void tell(Event event) {
    mailboxes.values().forEach(mailbox -> mailbox.add(event));
  }

  /**
   * Returns a future that completes with true once all events so far have been delivered or
   * discarded, or with false after {@code atMost}. Never fails.
   */
  public synchronized CompletableFuture<Boolean> drained(Duration atMost) {
    Map<ListenerMailbox, CompletableFuture<Void>> pending = new HashMap<>();
    mailboxes.values().forEach(mailbox -> pending.put(mailbox, mailbox.drained()));
    return CompletableFuture.allOf(pending.values().toArray(CompletableFuture[]::new))
        .thenApply(all -> true)
        .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (heard, failure) -> {
              if (!Boolean.TRUE.equals(heard)) {
                pending.forEach((mailbox, done) -> logUnlessDone(mailbox, done, atMost));
              }
            });
  }

  private static void logUnlessDone(
      ListenerMailbox mailbox, CompletableFuture<Void> done, Duration atMost) {
    if (!done.isDone()) {
      LOG.warn(
          "Listener [{}] must take its pending events within [{}] at shutdown, it did not; the rest"
              + " is discarded; make it faster, or raise vellamo.listeners.shutdown-timeout",
          mailbox.listener().getClass().getName(),
          atMost);
    }
  }

  /** A listener, equal to itself only. */
  private record ListenerKey(StreamingQueryListener listener) {
    @Override
    public boolean equals(Object other) {
      return other instanceof ListenerKey key && key.listener == listener;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(listener);
    }
  }
}
