package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Writes that are serialized side by side and handed to the store in order.
 *
 * <p><b>Order</b> for one persistence id, a write is handed over when all earlier ones were; ids do
 * not wait for each other.
 *
 * <p><b>Threading</b> methods are called by one thread at a time.
 */
final class OrderedWrites {

  private final Supplier<JournalStore> store;
  private final Executor serializing;

  /** The last write of each persistence id, until it is durable: done when it is handed over. */
  private final ConcurrentMap<String, CompletableFuture<Outcome>> handedOver =
      new ConcurrentHashMap<>();

  OrderedWrites(Supplier<JournalStore> store, Executor serializing) {
    this.store = store;
    this.serializing = serializing;
  }

  /**
   * Writes events.
   *
   * @param events makes the events; called on the executor
   * @return a stage that completes when the events are durable, or with why they cannot be
   *     serialized
   */
  CompletionStage<Optional<Exception>> append(
      String persistenceId, Supplier<List<StoredEvent>> events) {
    CompletableFuture<Encoded> encoded =
        CompletableFuture.supplyAsync(() -> encode(events), serializing);
    CompletableFuture<Outcome> outcome =
        tail(persistenceId).thenCombine(encoded, (previous, next) -> handOver(persistenceId, next));
    handedOver.put(persistenceId, outcome);
    return outcome
        .thenCompose(handed -> handed.durable().thenApply(done -> handed.rejection()))
        .whenComplete((done, failure) -> handedOver.remove(persistenceId, outcome));
  }

  /** Returns a stage that completes when all writes of a persistence id were handed over. */
  CompletionStage<Void> whenHandedOver(String persistenceId) {
    return tail(persistenceId).handle((outcome, failure) -> null);
  }

  private CompletableFuture<Outcome> tail(String persistenceId) {
    return handedOver.getOrDefault(persistenceId, CompletableFuture.completedFuture(Outcome.NONE));
  }

  private Outcome handOver(String persistenceId, Encoded encoded) {
    if (encoded.rejection().isPresent()) {
      return new Outcome(CompletableFuture.completedFuture(null), encoded.rejection());
    }
    return new Outcome(store.get().append(persistenceId, encoded.events()), Optional.empty());
  }

  private static Encoded encode(Supplier<List<StoredEvent>> events) {
    try {
      return new Encoded(events.get(), Optional.empty());
    } catch (Exception e) {
      return new Encoded(List.of(), Optional.of(e));
    }
  }

  private record Encoded(List<StoredEvent> events, Optional<Exception> rejection) {}

  private record Outcome(CompletionStage<Void> durable, Optional<Exception> rejection) {

    static final Outcome NONE =
        new Outcome(CompletableFuture.completedFuture(null), Optional.empty());
  }
}
