package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Writes that are serialized in parallel and handed to the store in order.
 *
 * <p>A write is serialized at once, on the caller's thread, if the preceding one of its persistence
 * id was small: handing it to another thread would cost more than to serialize it.
 *
 * <p><b>Order</b> a write is handed to the store after all earlier writes of its persistence id;
 * different ids do not wait for each other.
 *
 * <p><b>Threading</b> methods are called by one thread at a time.
 */
final class OrderedWrites {

  /** The most bytes of a small write. */
  static final int SMALL_BYTES = 16 * 1024;

  /** The most ids of small writes that are remembered. */
  private static final int MOST_SMALL = 10_000;

  private final Supplier<JournalStore> store;
  private final Executor serializing;
  private final Executor requests;

  /**
   * The last write of each persistence id that is not yet durable; completes when the write is
   * handed over.
   */
  private final ConcurrentMap<String, CompletableFuture<Outcome>> handedOver =
      new ConcurrentHashMap<>();

  /** The persistence ids whose last write was small. */
  private final Set<String> small = ConcurrentHashMap.newKeySet();

  /** The serialized writes that wait for the requests behind them. */
  private final Queue<Runnable> serialized = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean isScheduled = new AtomicBoolean();

  /**
   * Creates an order of writes.
   *
   * @param serializing runs the serialization of large writes
   * @param requests the executor of the calls of {@link #append}
   */
  OrderedWrites(Supplier<JournalStore> store, Executor serializing, Executor requests) {
    this.store = store;
    this.serializing = serializing;
    this.requests = requests;
  }

  /**
   * Writes the events of all writes atomically.
   *
   * @param writes suppliers of the events of each write; called on the executor, or at once
   * @return a stage that completes when the events are durable, with the serialization failure of
   *     each write, empty if there is none; a write that fails to serialize is left out
   */
  CompletionStage<List<Optional<Exception>>> append(
      String persistenceId, List<Supplier<List<StoredEvent>>> writes) {
    boolean isNow = small.contains(persistenceId) && !handedOver.containsKey(persistenceId);
    CompletableFuture<Outcome> outcome =
        isNow ? serializeNow(persistenceId, writes) : serializeLater(persistenceId, writes);
    handedOver.put(persistenceId, outcome);
    return outcome
        .thenCompose(handed -> handed.durable().thenApply(done -> handed.rejections()))
        .whenComplete((done, failure) -> handedOver.remove(persistenceId, outcome));
  }

  /** Serializes events now, and hands them over with those of the requests that wait already. */
  private CompletableFuture<Outcome> serializeNow(
      String persistenceId, List<Supplier<List<StoredEvent>>> writes) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      Encoded encoded = encode(persistenceId, writes);
      serialized.add(
          () -> {
            try {
              outcome.complete(handOver(persistenceId, encoded));
            } catch (Throwable e) {
              outcome.completeExceptionally(e);
            }
          });
      if (isScheduled.compareAndSet(false, true)) {
        requests.execute(this::handOverSerialized);
      }
    } catch (Throwable e) {
      // As on the executor, whose futures take errors too.
      outcome.completeExceptionally(e);
    }
    return outcome;
  }

  private void handOverSerialized() {
    isScheduled.set(false);
    Runnable next = serialized.poll();
    while (next != null) {
      next.run();
      next = serialized.poll();
    }
  }

  private CompletableFuture<Outcome> serializeLater(
      String persistenceId, List<Supplier<List<StoredEvent>>> writes) {
    CompletableFuture<Encoded> encoded =
        CompletableFuture.supplyAsync(() -> encode(persistenceId, writes), serializing);
    return tail(persistenceId)
        .thenCombine(encoded, (previous, next) -> handOver(persistenceId, next));
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

  private Encoded encode(String persistenceId, List<Supplier<List<StoredEvent>>> writes) {
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
    note(persistenceId, events);
    return new Encoded(events, rejections);
  }

  private void note(String persistenceId, List<StoredEvent> events) {
    long bytes = events.stream().mapToLong(event -> event.payload().bytes().length).sum();
    if (bytes > SMALL_BYTES) {
      small.remove(persistenceId);
    } else if (small.size() < MOST_SMALL || small.contains(persistenceId)) {
      small.add(persistenceId);
    } else {
      // Many of them have probably stopped. Those that go on are noted again.
      small.clear();
    }
  }

  private record Encoded(List<StoredEvent> events, List<Optional<Exception>> rejections) {}

  private record Outcome(CompletionStage<Void> durable, List<Optional<Exception>> rejections) {

    static final Outcome NONE = new Outcome(CompletableFuture.completedFuture(null), List.of());
  }
}
