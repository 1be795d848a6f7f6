package io.vellamo.connectors.pekko;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * The output of a stage, which emits elements in portions. A portion counts as taken when the
 * stream requests the element after the portion's last: a stream without buffers has then finished
 * the portion.
 *
 * <p>{@code Source.queue} is not used: its offers complete when an element is emitted.
 *
 * <p><b>Threading</b> {@link #pass}, {@link #withdraw} and {@link #end} are safe to share, the
 * other methods are for the stage.
 *
 * @param <T> the elements
 */
final class StreamOutput<T> extends AbstractOutHandler {
  private record Portion<T>(List<? extends T> elements, CompletableFuture<Void> taken) {}

  private final GraphStageLogic stage;
  private final Outlet<T> out;
  private final AsyncCallback<Runnable> inStage;
  private final Deque<Portion<T>> portions = new ArrayDeque<>();
  // The index of the next element of the first portion.
  private int next;
  private boolean ending;

  StreamOutput(GraphStageLogic stage, Outlet<T> out) {
    this.stage = stage;
    this.out = out;
    this.inStage = stage.createAsyncCallback(Runnable::run);
  }

  /** Runs an action in the stage; has no effect if the stage has ended. */
  void inStage(Runnable action) {
    inStage.invoke(action);
  }

  /**
   * Passes a portion to the stage.
   *
   * @return completes when the portion is taken; never if the stage ends before
   */
  CompletableFuture<Void> pass(List<? extends T> elements) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    inStage(() -> add(new Portion<>(elements, taken)));
    return taken;
  }

  /** Discards the elements of a portion that are not emitted yet. */
  void withdraw(CompletableFuture<Void> taken) {
    inStage(
        () -> {
          Portion<T> first = portions.peek();
          if (first != null && first.taken == taken) {
            next = 0;
          }
          portions.removeIf(portion -> portion.taken == taken);
        });
  }

  /** Completes the output once all portions are emitted. */
  void end() {
    inStage(
        () -> {
          ending = true;
          completeIfEmpty();
        });
  }

  /** Emits a portion, from within the stage. */
  CompletionStage<Void> emit(List<? extends T> elements) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    add(new Portion<>(elements, taken));
    return taken;
  }

  private void add(Portion<T> portion) {
    portions.add(portion);
    if (stage.isAvailable(out)) {
      onPull();
    }
  }

  @Override
  public void onPull() {
    for (Portion<T> first = portions.peek(); first != null; first = portions.peek()) {
      if (next < first.elements.size()) {
        stage.push(out, first.elements.get(next++));
        completeIfEmpty();
        return;
      }
      portions.remove();
      next = 0;
      first.taken.complete(null);
    }
    completeIfEmpty();
  }

  private void completeIfEmpty() {
    Portion<T> first = portions.peek();
    boolean isEmpty = first == null || (portions.size() == 1 && next == first.elements.size());
    if (ending && isEmpty) {
      stage.complete(out);
    }
  }
}
