package io.vellamo.actors.local;

import io.vellamo.actors.io.DeadLetterLog;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.api.SerializationException;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * A query run once over all input, without actors and journal: one epoch, with one shard for each
 * operator, on the calling thread.
 */
final class BatchRun {
  private static final long EPOCH = 1;
  private static final int SHARDS = 1;

  private final QuerySpec spec;
  private final EpochTimes times;
  private long groups;

  private BatchRun(QuerySpec spec) {
    this.spec = spec;
    this.times = new EpochTimes(EPOCH, spec.clock().millis(), Watermark.NONE, Watermark.NONE);
  }

  /**
   * Runs a query.
   *
   * @param spec the query, with a trigger that ends
   * @throws StreamingQueryException if it fails
   */
  static BatchReport run(QuerySpec spec) throws InterruptedException {
    return new BatchRun(spec).run();
  }

  private BatchReport run() throws InterruptedException {
    QueryLedger fresh = QueryLedger.created(UUID.randomUUID(), SHARDS);
    // The sink first: one that refuses should do so before any work.
    OpenSinks sink =
        doing("opening the sink", () -> OpenSinks.open(spec.query(), fresh, DeadLetterLog::warn));
    try {
      RoutedEpoch routed = read();
      List<InitialGroups> initial =
          doing("reading the initial states", () -> spec.initialStates(SHARDS));
      EpochData epoch = new EpochData(spec.query(), SHARDS, routed, initial);
      for (int place = 0; place < spec.operators().size(); place++) {
        runOperator(place, epoch);
      }
      String sinkName = spec.sinkDescription();
      long rows = doing("writing to " + sinkName, () -> sink.write(epoch.results()));
      return new BatchReport(routed.events(), groups, rows);
    } finally {
      sink.close();
    }
  }

  private RoutedEpoch read() throws InterruptedException {
    OpenSources source =
        doing(
            "opening the source",
            () -> OpenSources.open(spec.query(), spec.clock(), Offsets.none(), () -> {}));
    try {
      return doing("reading", () -> route(source));
    } finally {
      source.close();
    }
  }

  private RoutedEpoch route(OpenSources source) throws Exception {
    EpochPlan plan = new EpochPlan(everything(source), times);
    if (plan.ranges().isEmpty()) {
      return RoutedEpoch.withoutData(plan);
    }
    EpochReading reading = new EpochReading(spec.query(), SHARDS, ErrorPolicy.fail());
    Iterator<EventChunk> chunks = source.chunks(plan);
    RoutedEpoch routed = null;
    while (routed == null) {
      throwIfInterrupted();
      routed = reading.take(chunks.next());
    }
    return routed;
  }

  /** Returns all ranges of the source, which may plan less at a time, for instance one file. */
  private static List<OffsetRange> everything(OpenSources source) throws Exception {
    List<OffsetRange> all = new ArrayList<>();
    Offsets from = Offsets.none();
    List<OffsetRange> more = source.offer(from, Long.MAX_VALUE);
    while (!more.isEmpty()) {
      all.addAll(more);
      from = from.advance(more);
      more = source.offer(from, Long.MAX_VALUE);
    }
    return all;
  }

  /** Runs an operator. As each has one shard, its place is the shard's number. */
  private void runOperator(int place, EpochData epoch) throws InterruptedException {
    GroupOperator<?, ?, ?, ?> operator = spec.operators().get(place);
    EpochInput input = epoch.input(place);
    EpochSteps steps = new EpochSteps(times, input.events().byGroup(), input.initial());
    List<EpochCall> calls = new ArrayList<>(steps.eventCalls(new ShardLedger(operator.timeout())));
    calls.addAll(steps.initialCalls(operator.keyCodec(), Integer.MAX_VALUE));
    GroupStep<?, ?, ?, ?> step = new GroupStep<>(operator.inBatch());
    List<Object> rows = new ArrayList<>();
    for (EpochCall call : calls) {
      throwIfInterrupted();
      rows.addAll(call(step, call, epoch.plan()));
    }
    groups += calls.size();
    epoch.take(place, new EpochOutput(rows, List.of()));
    doing(
        "handing rows to the next operator",
        () -> {
          epoch.routeRows(place);
          return epoch;
        });
  }

  private List<Object> call(GroupStep<?, ?, ?, ?> step, EpochCall call, EpochPlan plan)
      throws InterruptedException {
    GroupBatch<Object> batch = Objects.requireNonNull(call.batch(), "batch");
    try {
      return step.onEvents(batch, call.entry(), null, times).rows();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      String key = Failures.text(batch.userKey());
      String what =
          e instanceof SerializationException
              ? "group [%s] can't go on: %s".formatted(key, e.getMessage())
              : "the function threw [%s] for group [%s]".formatted(e.getClass().getName(), key);
      String details =
          e instanceof SerializationException ? "" : spec.settings().failures().details(e);
      throw failed(what + position(batch, plan) + details, e);
    }
  }

  private static String position(GroupBatch<?> batch, EpochPlan plan) {
    if (batch.size() == 0) {
      return ", called for its initial state";
    }
    if (batch.currentRange() == GroupBatch.NO_RANGE) {
      return ", called with rows of another operator";
    }
    return ", source position [%s@%d]"
        .formatted(plan.ranges().get(batch.currentRange()).partition(), batch.currentOffset());
  }

  private <T> T doing(String what, Callable<T> action) throws InterruptedException {
    try {
      return action.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      throw failed(what + " failed: " + spec.settings().failures().describe(e), e);
    }
  }

  private StreamingQueryException failed(String what, Throwable cause) {
    String message = "Query [%s] failed as a batch: %s; a batch runs again from its beginning";
    return new StreamingQueryException(spec.name(), 0, message.formatted(spec.name(), what), cause);
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("The batch was interrupted");
    }
  }
}
