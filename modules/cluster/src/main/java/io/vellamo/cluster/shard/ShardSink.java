package io.vellamo.cluster.shard;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.calls.SerialThread;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.RangeWriter;
import io.vellamo.engine.io.RetryableFailure;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sink of a shard whose rows are written where it runs: the rows of its last epoch, and the
 * writer of the range that consists of this shard.
 *
 * <p><b>Threading</b> Used by the entity's actor only; calls of the sink run on a thread of their
 * own, one after the other.
 */
final class ShardSink {
  private final ShardHost host;
  private final int shard;
  private final int shards;
  private final SerialThread thread;

  // The last epoch that the shard has run, and its rows.
  private long epoch;
  private List<Object> rows = List.of();
  // Of the run that gave the last order.
  private long incarnation;
  private @Nullable RangeWriter writer;
  private long lastOrder;
  private @Nullable RangeOutcome lastOutcome;
  // What the writer has written and not committed.
  private long writtenEpoch;
  private long writtenRows;

  /**
   * Creates the sink of a shard.
   *
   * @param shard the number of the shard among all shards of the query
   * @param shards the number of shards of each operator
   */
  ShardSink(ShardHost host, int shard, int shards) {
    this.host = host;
    this.shard = shard;
    this.shards = shards;
    this.thread = host.sinkThread(shard);
  }

  /** Keeps the rows of an epoch until those of another are kept. */
  void keep(long ofEpoch, List<Object> some) {
    epoch = ofEpoch;
    rows = some;
  }

  /**
   * Carries out an order.
   *
   * @return completes with the outcome, for {@link #done}; null if the order is out of date, or is
   *     being carried out
   */
  @Nullable CompletionStage<RangeOutcome> carryOut(RangeOrder order) {
    if (order.incarnation() < incarnation) {
      return null;
    }
    if (order.incarnation() > incarnation) {
      begin(order);
    } else if (order.number() <= lastOrder) {
      return order.number() == lastOrder && lastOutcome != null
          ? CompletableFuture.completedStage(lastOutcome)
          : null;
    }
    lastOrder = order.number();
    lastOutcome = null;
    RangeWriter open = requireNonNull(writer, "writer");
    if (order.kind() == RangeOrder.Kind.COMMIT) {
      return call("committing at ", () -> committed(open, order.epoch()));
    }
    boolean hasPart = order.kind() == RangeOrder.Kind.WRITE;
    if (hasPart && order.epoch() != epoch) {
      return CompletableFuture.completedStage(new RangeOutcome.Lacking());
    }
    if (order.epoch() == writtenEpoch) {
      // Another attempt to run the epoch has the same rows.
      return CompletableFuture.completedStage(new RangeOutcome.Written(writtenRows));
    }
    TreeMap<Integer, List<Object>> written = new TreeMap<>();
    written.put(shard, hasPart ? rows : List.of());
    return call("writing to ", () -> new RangeOutcome.Written(open.write(order.epoch(), written)));
  }

  private static RangeOutcome committed(RangeWriter writer, long ofEpoch) throws Exception {
    return writer.commit(ofEpoch) ? new RangeOutcome.Committed() : new RangeOutcome.Lacking();
  }

  /** Notes the outcome of an order. */
  void done(RangeOrder order, RangeOutcome outcome) {
    if (order.incarnation() != incarnation || order.number() != lastOrder) {
      return;
    }
    lastOutcome = outcome;
    if (outcome instanceof RangeOutcome.Written written) {
      writtenEpoch = order.epoch();
      writtenRows = written.rows();
    } else {
      writtenEpoch = 0;
    }
  }

  /** Begins with the orders of another run; opening its writer fences those of earlier runs. */
  private void begin(RangeOrder order) {
    closeWriter();
    incarnation = order.incarnation();
    writtenEpoch = 0;
    PreparedQuery query = host.spec().query();
    boolean isCommitted = order.kind() == RangeOrder.Kind.COMMIT;
    SinkContext context =
        new SinkContext(
            query.name(),
            order.queryId(),
            isCommitted ? order.epoch() : order.epoch() - 1,
            query.compiled().outputMode(),
            order.incarnation());
    ShardRange range = ShardRange.split(shards, shards).get(shard % shards);
    writer = new RangeWriter(query, shards, range, context);
  }

  private CompletionStage<RangeOutcome> call(String doing, Callable<RangeOutcome> call) {
    return thread
        .call(doing + host.spec().sinkDescription(), call)
        .exceptionally(
            failure ->
                new RangeOutcome.Failed(
                    RetryableFailure.problem(
                        0, Failures.unwrap(failure), host.spec().settings().failures())));
  }

  /** Closes the writer once the calls under way have returned. */
  void close() {
    closeWriter();
    thread.end();
  }

  private void closeWriter() {
    RangeWriter open = writer;
    writer = null;
    if (open != null) {
      CompletableFuture<Boolean> closed =
          thread.call(
              "closing " + host.spec().sinkDescription(),
              () -> {
                open.close();
                return true;
              });
      closed.exceptionally(failure -> false);
    }
  }
}
