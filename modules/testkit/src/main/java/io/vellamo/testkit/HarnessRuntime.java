package io.vellamo.testkit;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.MemoryJournal;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.persistence.codec.QueryCodecs;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that runs one query at a time, on the thread that uses it, on a clock and a journal
 * that outlive each run.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class HarnessRuntime implements QueryStarter {
  private static final int SHARDS = 4;
  private static final long MOST_EVENTS = 10_000;
  // As small as possible, so that recoveries begin at snapshots.
  private static final JournalLimits LIMITS = new JournalLimits(1, 1 << 20, 8 << 20, false);
  // So few that most states are read from their bytes, as in a query with many groups.
  private static final int CALLS_AT_ONCE = 64;

  private final ManualClock clock;
  private final ProgressSums sums;
  private final MemoryJournal journal = new MemoryJournal();
  private long runs;
  // The run that was started last.
  private @Nullable HarnessQuery latest;

  /**
   * Creates a runtime with an empty journal.
   *
   * @param sums is told of each epoch
   */
  HarnessRuntime(ManualClock clock, ProgressSums sums) {
    this.clock = clock;
    this.sums = sums;
  }

  /**
   * Starts a query.
   *
   * @param name its name
   * @param build builds it
   */
  HarnessQuery start(String name, Function<QueryStart, QueryBuilder> build) {
    StreamingQuery started = build.apply(QueryStart.of(name, this)).start();
    HarnessQuery known = latest;
    if (known == null || started != known) {
      throw new IllegalArgumentException(
          "the query of a harness must begin with the start that it is given, has begun with one of another runtime; use start.from(source)");
    }
    return known;
  }

  @Override
  public HarnessQuery start(QueryPlan plan) {
    PreparedQuery prepared = QueryCodecs.prepare(plan, classLoader());
    QuerySetup setup =
        QuerySetup.of(
            prepared,
            new UUID(0, 0),
            new UUID(0, ++runs),
            SHARDS,
            SHARDS,
            prepared.epochSize(OptionalLong.of(MOST_EVENTS), 0),
            EpochInterval.none(),
            ShardRestarts.NONE,
            HotKeyOptions.NONE);
    HarnessQuery query =
        new HarnessQuery(
            new LocalQuery(prepared, clock, SHARDS, LIMITS, CALLS_AT_ONCE), setup, journal, sums);
    query.begin();
    latest = query;
    return query;
  }

  /** Returns whether the query that was started last emits the whole result in every epoch. */
  boolean emitsWholeResult() {
    HarnessQuery known = latest;
    return known != null && known.emitsWholeResult();
  }

  private static ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
  }
}
