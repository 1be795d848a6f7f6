package io.vellamo.engine.local;

import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.EpochResults;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.io.RetryableFailure;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardFailure.EventPosition;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A query run once over all input, without a journal: one epoch, with one shard for each operator,
 * on the calling thread.
 *
 * <p><b>Failure</b> Nothing is at the sink unless all groups have been called.
 *
 * <p><b>Cost</b> Holds all events that reach a group, and all rows; no state of a group that has
 * been called, except initial states.
 */
public final class BatchRun {
  private static final long EPOCH = 1;
  private static final int SHARDS = 1;

  /** Bounds the calls whose results are held at once. */
  private static final int CALLS_AT_ONCE = 1_000;

  /** A wait. */
  @FunctionalInterface
  public interface Pause {
    /** Blocks the calling thread. */
    void await(Duration delay) throws InterruptedException;
  }

  private final PreparedQuery query;
  private final InstantSource clock;
  private final Failures failures;
  private final Consumer<String> warnings;
  private final Pause pause;
  private final EpochTimes times;
  private long groups;
  private long deadLettered;

  private BatchRun(
      PreparedQuery query,
      InstantSource clock,
      Failures failures,
      Consumer<String> warnings,
      Pause pause) {
    this.query = query;
    this.clock = clock;
    this.failures = failures;
    this.warnings = warnings;
    this.pause = pause;
    this.times = new EpochTimes(EPOCH, clock.millis(), Watermark.NONE, Watermark.NONE);
  }

  /**
   * Runs a query.
   *
   * @param query the query, with a trigger that ends and an error policy that parks no groups
   * @param clock its processing time
   * @param failures describes exceptions
   * @param warnings logs the dead letters of a query without an output for them
   * @param pause waits before calls that threw are made again
   * @throws StreamingQueryException if it fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static BatchReport run(
      PreparedQuery query,
      InstantSource clock,
      Failures failures,
      Consumer<String> warnings,
      Pause pause)
      throws InterruptedException {
    return new BatchRun(query, clock, failures, warnings, pause).run();
  }

  private BatchReport run() throws InterruptedException {
    QueryLedger fresh = QueryLedger.created(UUID.randomUUID(), SHARDS);
    // The sink first: one that refuses should do so before any work.
    OpenSinks sink =
        calling("opening the sink", () -> OpenSinks.openForBatch(query, fresh, warnings));
    try {
      RoutedEpoch routed = read();
      List<InitialGroups> initial =
          doing("reading the initial states", () -> query.initialStates(SHARDS));
      EpochData epoch = new EpochData(query, SHARDS, routed, initial);
      for (int place = 0; place < query.operators().size(); place++) {
        runOperator(place, epoch);
      }
      EpochResults results = epoch.results();
      long rows = calling("writing to " + query.sinkDescription(), () -> sink.write(results));
      return new BatchReport(counts(routed.events()), groups, rows);
    } finally {
      sink.close();
    }
  }

  private EventCounts counts(EventCounts read) {
    return new EventCounts(
        read.processed() - deadLettered, read.late(), read.deadLettered() + deadLettered);
  }

  private RoutedEpoch read() throws InterruptedException {
    OpenSources source =
        calling(
            "opening the source",
            () ->
                OpenSources.open(query, clock, Offsets.none(), () -> {}, input -> Inboxes.none()));
    try {
      List<OffsetRange> ranges = calling("reading", () -> everything(source));
      EpochPlan plan = new EpochPlan(ranges, times);
      return calling("reading", () -> route(source, plan));
    } finally {
      source.close();
    }
  }

  private RoutedEpoch route(OpenSources source, EpochPlan plan) throws Exception {
    if (plan.ranges().isEmpty()) {
      return RoutedEpoch.withoutData(plan);
    }
    EpochReading reading = new EpochReading(query, SHARDS, query.plan().errorPolicy(), false);
    Iterator<EventChunk> chunks = source.chunks(plan);
    RoutedEpoch routed = null;
    while (routed == null) {
      BatchCalls.throwIfInterrupted();
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
    SnapshotPart nothing = new SnapshotPart(List.of(), true);
    BatchCalls calls = new BatchCalls(pause);
    DirectShard shard = DirectShard.open(shard(place), nothing, calls);
    List<OffsetRange> ranges = epoch.plan().ranges();
    try {
      DirectShard.Ran ran = shard.run(times, ranges, epoch.input(place));
      groups += calls.groups();
      deadLettered += ran.reply().deadLettered();
      epoch.take(place, ran.output());
    } catch (DirectShard.FailedEpoch e) {
      throw failed(e, ranges);
    }
    doing(
        "handing rows to the next operator",
        () -> {
          epoch.routeRows(place);
          return epoch;
        });
  }

  private ShardSpec shard(int place) {
    GroupOperator<?, ?, ?, ?> operator =
        query.operators().get(place).inBatch(query.plan().errorPolicy());
    return new ShardSpec(
        query.name(),
        place,
        query.operators().size(),
        operator,
        query.operatorNames().get(place),
        query.eventCodec(),
        key -> Failures.text(operator.keyCodec().read(key)),
        query.plan().errorPolicy(),
        DirectShard.NO_JOURNAL,
        failures,
        () -> CALLS_AT_ONCE);
  }

  private StreamingQueryException failed(DirectShard.FailedEpoch failed, List<OffsetRange> ranges)
      throws InterruptedException {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    ShardFailure failure = failed.failure();
    EventPosition position = failure.position();
    String where = position == null ? "" : position.describe(ranges);
    return failed(failure.message() + where + failure.details(), cause);
  }

  private <T> T doing(String what, Callable<T> action) throws InterruptedException {
    try {
      return action.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      throw failed(what + " failed: " + failures.describe(e), e);
    }
  }

  /** Makes a call of source or sink, and again after failures that the query's policy covers. */
  private <T> T calling(String what, Callable<T> call) throws InterruptedException {
    BatchRetries retries = new BatchRetries(query.retry(), clock, pause);
    while (true) {
      try {
        return call.call();
      } catch (InterruptedException e) {
        throw e;
      } catch (RetryableFailure e) {
        String reason = failures.describe(e);
        if (!retries.mayTryAgain()) {
          throw failed(what + retries.text() + reason, RetryableFailure.shown(e));
        }
        if (retries.isFirst()) {
          warnings.accept(
              "Query [%s]: %s failed, and is tried again for up to [%s]: %s"
                  .formatted(query.name(), what, query.retry().giveUpAfter(), reason));
        }
        retries.await();
      } catch (Exception | Error e) {
        throw failed(what + " failed: " + failures.describe(e), e);
      }
    }
  }

  private StreamingQueryException failed(String what, Throwable cause) {
    String message = "Query [%s] failed as a batch: %s; a batch runs again from its beginning";
    return new StreamingQueryException(
        query.name(), 0, message.formatted(query.name(), what), cause);
  }
}
