package io.vellamo.actors;

import io.vellamo.api.query.QueryClock.WakeUp;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a query holds besides its actors, so that it is let go of however the actors end.
 *
 * <p><b>Threading</b> Filled by the coordinator, closed by its parent after the coordinator has
 * stopped.
 */
final class QueryResources {
  private final Executor blocking;
  private volatile @Nullable SourceDesk source;
  private volatile @Nullable SinkDesk sink;
  private volatile @Nullable EpochStream stream;
  private volatile @Nullable WakeUp wakeUp;
  private volatile Runnable onClose = () -> {};
  private volatile @Nullable CompletableFuture<QueryResources> opening;
  private volatile CompletableFuture<QueryResources> told = CompletableFuture.completedFuture(this);

  QueryResources(Executor blocking) {
    this.blocking = blocking;
  }

  Executor blocking() {
    return blocking;
  }

  /** Opens source and sinks in the background, with an action that opens one after the other. */
  CompletableFuture<QueryResources> open(Opening action) {
    CompletableFuture<QueryResources> opened =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                action.open(this);
                return this;
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            blocking);
    opening = opened;
    return opened;
  }

  void source(SourceDesk opened) {
    source = opened;
  }

  /** Returns the source, which must be open. */
  SourceDesk openSource() {
    return Objects.requireNonNull(source, "source");
  }

  void sink(SinkDesk opened) {
    sink = opened;
  }

  /** Returns the sinks, which must be open. */
  SinkDesk openSink() {
    return Objects.requireNonNull(sink, "sink");
  }

  void stream(EpochStream started) {
    stream = started;
  }

  /** Tells the source of a commit, in the background, one commit after the other. */
  void committed(Offsets offsets, Consumer<Throwable> onFailure) {
    told =
        told.thenApplyAsync(
                before -> {
                  openSource().committed(offsets);
                  return before;
                },
                blocking)
            .exceptionally(
                failure -> {
                  onFailure.accept(Failures.unwrap(failure));
                  return this;
                });
  }

  /** Sets what to do when all is let go of. */
  void onClose(Runnable action) {
    onClose = action;
  }

  /** Replaces the next wake-up. */
  void wakeUp(@Nullable WakeUp next) {
    WakeUp before = wakeUp;
    if (before != null) {
      before.close();
    }
    wakeUp = next;
  }

  /** Lets go of everything, in the background, once what is under way there has ended. */
  CompletionStage<Void> close() {
    wakeUp(null);
    Runnable action = onClose;
    onClose = () -> {};
    action.run();
    EpochStream running = stream;
    if (running != null) {
      running.close();
    }
    CompletableFuture<QueryResources> before = opening;
    CompletableFuture<QueryResources> start =
        before == null ? CompletableFuture.completedFuture(this) : before;
    return start
        .exceptionally(failure -> this)
        .thenCombine(told, (opened, all) -> opened)
        .thenRunAsync(this::closeDesks, blocking);
  }

  private void closeDesks() {
    SourceDesk openSource = source;
    SinkDesk openSink = sink;
    try {
      if (openSource != null) {
        openSource.close();
      }
    } finally {
      if (openSink != null) {
        openSink.close();
      }
    }
  }

  /** Opens what a query needs. */
  @FunctionalInterface
  interface Opening {
    void open(QueryResources into) throws Exception;
  }
}
