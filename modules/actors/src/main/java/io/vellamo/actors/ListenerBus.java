package io.vellamo.actors;

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
 * Tells listeners what happens to queries, each listener through a {@link ListenerMailbox} of its
 * own: one that is slow or throws does not affect the others.
 *
 * <p><b>Threading</b> Safe to share; nobody who tells waits.
 */
final class ListenerBus {
  /**
   * An event of a query.
   *
   * @param call hands it to a listener
   * @param isDroppable whether a listener that falls behind can miss it
   * @param onMachineFailure learns of an error of the virtual machine during the call
   */
  record Event(
      Consumer<StreamingQueryListener> call,
      boolean isDroppable,
      Consumer<Throwable> onMachineFailure) {}

  private static final Logger LOG = LoggerFactory.getLogger(ListenerBus.class);

  private final Executor executor;
  private final int maxPending;
  private final Failures failures;
  // Guarded by this. Compared by identity, as equals is the user's.
  private final Map<ListenerKey, ListenerMailbox> mailboxes = new LinkedHashMap<>();

  /**
   * Creates a bus without listeners.
   *
   * @param executor runs the calls; may block
   * @param maxPending the most events of one listener that wait
   */
  ListenerBus(Executor executor, int maxPending, Failures failures) {
    this.executor = executor;
    this.maxPending = maxPending;
    this.failures = failures;
  }

  synchronized void add(StreamingQueryListener listener) {
    mailboxes.computeIfAbsent(
        new ListenerKey(listener),
        key -> new ListenerMailbox(listener, executor, maxPending, failures));
  }

  /** Removes a listener; its pending events are discarded. */
  synchronized void remove(StreamingQueryListener listener) {
    ListenerMailbox removed = mailboxes.remove(new ListenerKey(listener));
    if (removed != null) {
      removed.close();
    }
  }

  synchronized List<StreamingQueryListener> listeners() {
    return mailboxes.values().stream().map(ListenerMailbox::listener).toList();
  }

  /** Tells all present listeners of an event. */
  synchronized void tell(Event event) {
    mailboxes.values().forEach(mailbox -> mailbox.add(event));
  }

  /**
   * Returns a future that completes when everything told so far has been heard, and at the latest
   * after a time. Never fails.
   */
  synchronized CompletableFuture<Boolean> drained(Duration atMost) {
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
