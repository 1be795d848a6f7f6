package io.vellamo.connectors.pekko;

import io.vellamo.api.RetryableException;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.japi.Pair;

/**
 * The sink of a query that is a stage of a stream. An epoch is written when the stream has taken
 * its rows, so an epoch whose rows were not taken is not committed, and is written again by the
 * next run.
 *
 * @param <R> the rows
 * @param <C> the contexts of the stream's elements
 */
final class FlowSink<R, C> implements RowSink<R> {
  static final String DESCRIPTION = "QueryFlow";

  private final StreamOutput<Pair<List<R>, List<C>>> output;
  private final boolean takesWholeResults;
  // Completed when the query closes its source, as it does first when it ends: it must not wait
  // then for a stream that takes nothing.
  private volatile CompletableFuture<Void> abandoned = new CompletableFuture<>();

  FlowSink(StreamOutput<Pair<List<R>, List<C>>> output, boolean takesWholeResults) {
    this.output = output;
    this.takesWholeResults = takesWholeResults;
  }

  @Override
  public String description() {
    return DESCRIPTION;
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "it is a part of a stream on one node; use a source and a sink that every node reaches, such as Kafka topics");
  }

  /** Ends a write that waits for the stream, and those that follow. */
  void abandon() {
    abandoned.complete(null);
  }

  /** Lets writes wait for the stream. */
  void resume() {
    abandoned = new CompletableFuture<>();
  }

  @Override
  public SinkWriter<R> open(SinkContext context) {
    if (context.mode() == OutputMode.COMPLETE && !takesWholeResults) {
      throw new SinkException(
          DESCRIPTION,
          "Query [%s] must not be a flow of rows in mode [COMPLETE], as a stream of rows has no end of a whole result; use QueryFlow.flowWithContext, whose elements are whole results, or another mode"
              .formatted(context.queryName()),
          null);
    }
    return new Writer(context.mode() == OutputMode.COMPLETE);
  }

  private final class Writer implements SinkWriter<R> {
    private final boolean writesEmptyResults;

    Writer(boolean writesEmptyResults) {
      this.writesEmptyResults = writesEmptyResults;
    }

    @Override
    public void write(EpochRows<? extends R> rows) throws InterruptedException {
      if (rows.size() == 0 && !writesEmptyResults) {
        return;
      }
      CompletableFuture<Void> taken =
          output.pass(List.of(Pair.create(RowList.of(rows), List.of())));
      try {
        CompletableFuture.anyOf(taken, abandoned).get();
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      } finally {
        output.withdraw(taken);
      }
      if (!taken.isDone()) {
        throw new RetryableException(
            "Stream must take the rows of epoch [%d] while its query reads, has not taken all of them; they are emitted again"
                .formatted(rows.epoch()),
            null);
      }
    }

    @Override
    public void close() {}
  }
}
