package io.vellamo.actors.local;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.observe.ListenerBus;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.observe.RunEnds;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The active queries of an actor system, and the outcome of the first one that ended. */
final class QueryRegistry implements StreamingQueryManager, RunEnds {
  private final ListenerBus bus;
  // All guarded by this.
  private final Map<String, RunningQuery> active = new LinkedHashMap<>();
  private final Map<String, String> givenUp = new HashMap<>();
  private CompletableFuture<Void> firstEnd = new CompletableFuture<>();
  private @Nullable String closedFor;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  QueryRegistry(ListenerBus bus) {
    this.bus = bus;
  }

  ListenerBus bus() {
    return bus;
  }

  /**
   * Starts a query, unless its name is taken or the actor system is ending.
   *
   * @param start starts it
   * @throws IllegalStateException if it must not start
   */
  synchronized RunningQuery start(String name, Supplier<RunningQuery> start) {
    if (closedFor != null) {
      throw new IllegalStateException(
          "Query [%s] can't start: %s; start it on another actor system"
              .formatted(name, closedFor));
    }
    String blockers = givenUp.get(name);
    if (blockers != null) {
      throw new IllegalStateException(
          "Query [%s] can't start: its last run was given up, as %s; it can start once everything has returned, or in another process"
              .formatted(name, blockers));
    }
    if (active.containsKey(name)) {
      throw new IllegalStateException(
          "Query [%s] is running already; stop it first, or choose another name".formatted(name));
    }
    RunningQuery query = start.get();
    active.put(name, query);
    return query;
  }

  /** Notes that no query may start any more. */
  synchronized void closing(String why) {
    if (closedFor == null) {
      closedFor = why;
    }
  }

  /**
   * Notes that the parent of all queries has stopped, and ends the queries that it did not know.
   *
   * @param known the queries that the parent ends itself
   */
  void close(List<QueryMonitor> known) {
    closing("its actor system has terminated");
    List<RunningQuery> all;
    synchronized (this) {
      all = List.copyOf(active.values());
    }
    all.stream()
        .map(RunningQuery::monitor)
        .filter(monitor -> !known.contains(monitor))
        .forEach(QueryMonitor::ended);
    closed.complete(null);
  }

  /**
   * Returns a stage that completes when the parent of all queries has stopped and no longer
   * answers.
   */
  CompletionStage<Void> closed() {
    return closed;
  }

  @Override
  public synchronized void givenUp(String name, String blockers) {
    active.remove(name);
    givenUp.put(name, blockers);
  }

  @Override
  public synchronized void released(String name) {
    active.remove(name);
    givenUp.remove(name);
  }

  @Override
  public synchronized void ended(@Nullable StreamingQueryException failure) {
    if (failure == null) {
      firstEnd.complete(null);
    } else {
      firstEnd.completeExceptionally(failure);
    }
  }

  @Override
  public synchronized List<StreamingQuery> active() {
    return List.copyOf(active.values());
  }

  @Override
  public synchronized Optional<StreamingQuery> get(String name) {
    return Optional.ofNullable(active.get(requireNonNull(name, "name")));
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
