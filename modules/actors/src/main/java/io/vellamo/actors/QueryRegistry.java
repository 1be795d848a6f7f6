package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Which queries of an actor system are active, and how the first one ended. */
final class QueryRegistry implements StreamingQueryManager {
  private final ListenerBus bus;
  // Both guarded by this.
  private final Map<String, Optional<RunningQuery>> active = new LinkedHashMap<>();
  private CompletableFuture<Void> firstEnd = new CompletableFuture<>();

  QueryRegistry(ListenerBus bus) {
    this.bus = bus;
  }

  ListenerBus bus() {
    return bus;
  }

  /** Takes a name for a query that is about to start; returns false if it is taken. */
  synchronized boolean reserve(String name) {
    return active.putIfAbsent(name, Optional.empty()) == null;
  }

  /** Notes the query that took its name, unless it has ended already. */
  synchronized void started(RunningQuery query) {
    active.replace(query.name(), Optional.of(query));
  }

  /** Notes that a query has ended, and gives its name free. */
  synchronized void ended(String name, @Nullable StreamingQueryException failure) {
    active.remove(name);
    if (failure == null) {
      firstEnd.complete(null);
    } else {
      firstEnd.completeExceptionally(failure);
    }
  }

  @Override
  public synchronized List<StreamingQuery> active() {
    return active.values().stream().<StreamingQuery>flatMap(Optional::stream).toList();
  }

  @Override
  public synchronized Optional<StreamingQuery> get(String name) {
    return active.getOrDefault(requireNonNull(name, "name"), Optional.empty()).map(query -> query);
  }

  @Override
  public Optional<StreamingQuery> get(UUID id) {
    requireNonNull(id, "id");
    return active().stream().filter(query -> hasId(query, id)).findFirst();
  }

  @Override
  public void awaitAnyTermination() throws InterruptedException {
    try {
      firstEnd().get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean awaitAnyTermination(Duration timeout) throws InterruptedException {
    try {
      return BoundedWait.await(firstEnd(), timeout, "awaitAnyTermination()");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public synchronized void resetTerminated() {
    if (firstEnd.isDone()) {
      firstEnd = new CompletableFuture<>();
    }
  }

  @Override
  public void addListener(StreamingQueryListener listener) {
    bus.add(requireNonNull(listener, "listener"));
  }

  @Override
  public void removeListener(StreamingQueryListener listener) {
    bus.remove(requireNonNull(listener, "listener"));
  }

  @Override
  public List<StreamingQueryListener> listeners() {
    return bus.listeners();
  }

  private synchronized CompletableFuture<Void> firstEnd() {
    return firstEnd;
  }

  private static boolean hasId(StreamingQuery query, UUID id) {
    try {
      return query.id().equals(id);
    } catch (CompletionException e) {
      return false; // It ended before its journal was read.
    }
  }

  private static StreamingQueryException failure(ExecutionException e) {
    if (e.getCause() instanceof StreamingQueryException failure) {
      return failure;
    }
    throw new AssertionError("ended without a reason", e);
  }
}
