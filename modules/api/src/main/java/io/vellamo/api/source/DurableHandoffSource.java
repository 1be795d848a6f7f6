package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A source of events that application code offers, and that are stored in the query's journal
 * before an offer completes: what brought the event, such as an HTTP request, can then be answered.
 *
 * <pre>{@code
 * DurableHandoffSource<Order> orders = HandoffSource.durable();
 * orders.offer(request.id(), order).thenApply(receipt -> HttpResponse.accepted());
 * }</pre>
 *
 * <p>One query at a time may use the source.
 *
 * <p><b>Threading</b> {@link #offer} is safe to share.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class DurableHandoffSource<T> implements AcknowledgingSource<T> {
  private record Waiting<T>(String id, T event, CompletableFuture<Receipt> stored) {}

  private final Object lock = new Object();
  // The following fields are guarded by lock.
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  // Null while no query has the source open.
  private @Nullable Inbox<T> inbox;

  DurableHandoffSource() {}

  /**
   * Offers an event.
   *
   * <p><b>Order</b> Events that one thread offers are read in the order of its calls.
   *
   * <p><b>Failure</b> If the event can't be stored, or its query stops or loses its journal before
   * the event is known to be durable, the stage fails, as {@link Inbox#put} explains. The sender
   * must then send the event again, with the same id. An offer that is made while no query has the
   * source open waits for one.
   *
   * @param id the event's identity, by which an event that is sent again is recognized, as {@link
   *     Inbox} explains; not empty
   * @param event the event
   * @return completes when the event is durable; wait for it before offering more, or pending
   *     offers accumulate in memory
   */
  public CompletionStage<Receipt> offer(String id, T event) {
    requireNonNull(id, "id");
    requireNonNull(event, "event");
    Inbox<T> opened;
    synchronized (lock) {
      opened = inbox;
      if (opened == null) {
        Waiting<T> offer = new Waiting<>(id, event, new CompletableFuture<>());
        waiting.add(offer);
        return offer.stored;
      }
    }
    // The event is serialized without the lock, so that threads can do so side by side.
    return opened.put(id, event);
  }

  @Override
  public String description() {
    return "DurableHandoff";
  }

  @Override
  public Delivery deliver(Inbox<T> opened) {
    Map<CompletableFuture<Receipt>, CompletionStage<Receipt>> passed = new LinkedHashMap<>();
    synchronized (lock) {
      if (inbox != null) {
        throw new SourceException(
            description(),
            "DurableHandoffSource must be used by one query at a time, is used by [%s] and was opened by [%s]; create a source for each query"
                .formatted(inbox.queryName(), opened.queryName()),
            null);
      }
      // Offers are passed on before any that are made from now on.
      while (!waiting.isEmpty()) {
        Waiting<T> offer = waiting.remove();
        passed.put(offer.stored, opened.put(offer.id, offer.event));
      }
      inbox = opened;
    }
    // Without the lock, as callbacks of the offering code may run here.
    passed.forEach(DurableHandoffSource::complete);
    return this::ended;
  }

  private static void complete(CompletableFuture<Receipt> offer, CompletionStage<Receipt> outcome) {
    outcome.whenComplete(
        (receipt, failure) -> {
          if (failure == null) {
            offer.complete(receipt);
          } else {
            offer.completeExceptionally(failure);
          }
        });
  }

  private void ended() {
    synchronized (lock) {
      inbox = null;
    }
  }
}
