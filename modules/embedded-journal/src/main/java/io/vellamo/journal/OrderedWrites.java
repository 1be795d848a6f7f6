package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Writes that are serialized in parallel and handed to the store in order.
 *
 * <p><b>Order</b> a write is handed to the store after all earlier writes of its persistence id;
 * different ids do not wait for each other.
 *
 * <p><b>Threading</b> methods are called by one thread at a time.
 */
final class OrderedWrites {

  private final Supplier<JournalStore> store;
  private final Executor serializing;

  /**
   * The last write of each persistence id that is not yet durable; completes when the write is
   * handed over.
   */
  private final ConcurrentMap<String, CompletableFuture<Outcome>> handedOver =
      new ConcurrentHashMap<>();

  OrderedWrites(Supplier<JournalStore> store, Executor serializing) {
    this.store = store;
    this.serializing = serializing;
  }

  /**
   * Writes the events of all writes atomically.
   *
   * @param writes suppliers of the events of each write; called on the executor
   * @return a stage that completes when the events are durable, with the serialization failure of
   *     each write, empty if there is none; a write that fails to serialize is left out
   */
  CompletionStage<List<Optional<Exception>>> append(
      String persistenceId, List<Supplier<List<StoredEvent>>> writes) {
    CompletableFuture<Encoded> encoded =
        CompletableFuture.supplyAsync(() -> encode(writes), serializing);
    CompletableFuture<Outcome> outcome =
        tail(persistenceId).thenCombine(encoded, (previous, next) -> handOver(persistenceId, next));
    handedOver.put(persistenceId, outcome);
    return outcome
        .thenCompose(handed -> handed.durable().thenApply(done -> handed.rejections()))
        .whenComplete((done, failure) -> handedOver.remove(persistenceId, outcome));
  }

  /** Returns a stage that completes when all earlier writes of a persistence id are handed over. */
  CompletionStage<Void> whenHandedOver(String persistenceId) {
    return tail(persistenceId).handle((outcome, failure) -> null);
  }

  private CompletableFuture<Outcome> tail(String persistenceId) {
    return handedOver.getOrDefault(persistenceId, CompletableFuture.completedFuture(Outcome.NONE));
  }

  private Outcome handOver(String persistenceId, Encoded encoded) {
    if (encoded.events().isEmpty()) {
      return new Outcome(CompletableFuture.completedFuture(null), encoded.rejections());
    }
    return new Outcome(store.get().append(persistenceId, encoded.events()), encoded.rejections());
  }

  private static Encoded encode(List<Supplier<List<StoredEvent>>> writes) {
    List<StoredEvent> events = new ArrayList<>();
    List<Optional<Exception>> rejections = new ArrayList<>();
    for (Supplier<List<StoredEvent>> write : writes) {
      try {
        events.addAll(write.get());
        rejections.add(Optional.empty());
      } catch (Exception e) {
        rejections.add(Optional.of(e));
      }
    }
    return new Encoded(events, rejections);
  }

  private record Encoded(List<StoredEvent> events, List<Optional<Exception>> rejections) {}

  private record Outcome(CompletionStage<Void> durable, List<Optional<Exception>> rejections) {

    static final Outcome NONE = new Outcome(CompletableFuture.completedFuture(null), List.of());
  }
}
