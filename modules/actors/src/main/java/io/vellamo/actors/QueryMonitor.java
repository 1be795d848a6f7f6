package io.vellamo.actors;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What the world may see of a query: written by its coordinator, read by its handle.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class QueryMonitor {
  private final String name;
  private final UUID runId = UUID.randomUUID();
  private final int recentLimit;
  private final Runnable onEnded;
  private final CompletableFuture<UUID> id = new CompletableFuture<>();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final Deque<StreamingQueryProgress> recent = new ArrayDeque<>();
  private volatile StreamingQueryStatus status =
      new StreamingQueryStatus("Reading the journal", false, false);
  private volatile Optional<StreamingQueryException> failure = Optional.empty();

  /**
   * Creates the monitor of a run.
   *
   * @param name the query's name
   * @param recentLimit how many reports to keep
   * @param onEnded run when the query has let go of everything, before anybody learns of it
   */
  QueryMonitor(String name, int recentLimit, Runnable onEnded) {
    this.name = name;
    this.recentLimit = recentLimit;
    this.onEnded = onEnded;
  }

  String name() {
    return name;
  }

  UUID runId() {
    return runId;
  }

  /** Completes when the journal has told the query's identity, or fails when the query ends. */
  CompletableFuture<UUID> id() {
    return id;
  }

  CompletableFuture<Void> terminated() {
    return terminated;
  }

  StreamingQueryStatus status() {
    return status;
  }

  void status(String message, boolean isDataAvailable, boolean isTriggerActive) {
    status = new StreamingQueryStatus(message, isDataAvailable, isTriggerActive);
  }

  void report(StreamingQueryProgress progress) {
    synchronized (recent) {
      if (recent.size() == recentLimit) {
        recent.removeFirst();
      }
      recent.addLast(progress);
    }
  }

  List<StreamingQueryProgress> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }

  Optional<StreamingQueryException> failure() {
    return failure;
  }

  /** Notes why the query is about to end; the first reason counts. */
  void failed(StreamingQueryException exception) {
    if (failure.isEmpty()) {
      failure = Optional.of(exception);
      status("Terminated with exception: " + exception.getMessage(), false, false);
    }
  }

  /** Notes that the query has ended and let go of everything. */
  void ended() {
    onEnded.run();
    Optional<StreamingQueryException> reason = failure;
    if (reason.isPresent()) {
      id.completeExceptionally(reason.get());
      terminated.completeExceptionally(reason.get());
    } else {
      status("Stopped", false, false);
      id.completeExceptionally(
          new IllegalStateException(
              "Query [%s] was stopped before its journal had been read".formatted(name)));
      terminated.complete(null);
    }
  }
}
