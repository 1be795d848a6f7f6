package io.vellamo.actors.flow;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.jspecify.annotations.Nullable;

/**
 * The output of a flow: it buffers the rows of epochs until they are committed, then emits them
 * with the contexts of the input. An epoch's rows are emitted with its last context, its earlier
 * contexts with no rows. In mode {@code COMPLETE}, only the last whole result is emitted.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class FlowOutput<C, O> {
  private final SourceQueueWithComplete<Pair<List<O>, C>> queue;
  private List<O> held = new ArrayList<>();
  private @Nullable C lastContext;

  FlowOutput(SourceQueueWithComplete<Pair<List<O>, C>> queue) {
    this.queue = queue;
  }

  RowSink<O> sink() {
    return new HoldingSink();
  }

  /**
   * Emits durable contexts and their rows; blocks while the downstream takes nothing. Rows of an
   * epoch without input go with the preceding context or, if there is none yet, with the next.
   */
  synchronized void committed(List<C> contexts) {
    for (int i = 0; i < contexts.size(); i++) {
      boolean isLast = i == contexts.size() - 1;
      C context = contexts.get(i);
      lastContext = context;
      emit(isLast ? takeHeld() : List.of(), context);
    }
    C known = lastContext;
    if (contexts.isEmpty() && !held.isEmpty() && known != null) {
      emit(takeHeld(), known);
    }
  }

  private synchronized void hold(EpochRows<? extends O> rows, boolean replaces) {
    if (replaces) {
      held.clear();
    }
    for (int i = 0; i < rows.size(); i++) {
      held.add(rows.row(i));
    }
  }

  private List<O> takeHeld() {
    List<O> rows = held;
    held = new ArrayList<>();
    return rows;
  }

  private void emit(List<O> rows, C context) {
    try {
      queue.offer(Pair.create(rows, context)).toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while nobody took the rows");
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  private final class HoldingSink implements RowSink<O> {
    @Override
    public String description() {
      return "Flow";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<O> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends O> rows) {
          hold(rows, context.mode() == OutputMode.COMPLETE);
        }

        @Override
        public void close() {}
      };
    }
  }
}
