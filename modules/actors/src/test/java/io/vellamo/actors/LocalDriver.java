package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.InOrder;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.MemoryJournal;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.persistence.codec.QueryCodecs;
import io.vellamo.persistence.codec.StandardKeyCodec;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Queries run on the calling thread, with all effects in their order. */
final class LocalDriver implements EpochDriver {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final int MOST_STEPS = 1_000;
  private static final JournalLimits LIMITS = new JournalLimits(1_000, 10_000, 100_000, true);

  /** Ends the building of a query, whose plan is known then. */
  private static final class PlanKnown extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final InOrder effects = new InOrder(clock);
  private final List<QueryPlan> plans = new ArrayList<>();
  private @Nullable LocalRun run;
  private EventCounts total = EventCounts.NONE;

  @Override
  public void start(Function<QueryStart, QueryBuilder> pipeline) {
    QueryStarter starter =
        plan -> {
          plans.add(plan);
          throw new PlanKnown();
        };
    try {
      pipeline.apply(QueryStart.of("contract", starter)).clock(clock).start();
    } catch (PlanKnown e) {
      run(plans.get(0));
    }
  }

  private void run(QueryPlan plan) {
    LocalQuery query =
        new LocalQuery(
            QueryCodecs.prepare(plan, LocalDriver.class.getClassLoader()), clock, 1, LIMITS, 100);
    QuerySetup setup =
        QuerySetup.of(
            query.prepared(),
            new UUID(0, 0),
            new UUID(0, 1),
            query.shards(),
            1,
            query.prepared().epochSize(OptionalLong.of(1_000), Long.MAX_VALUE),
            EpochInterval.none(),
            new ShardRestarts(10, 200, 60_000),
            HotKeyOptions.NONE);
    run = new LocalRun(query, setup, "the run", new MemoryJournal(), effects, EffectFilter.NONE);
    run.observe(
        news -> {
          if (news instanceof QueryNews.Progress progress) {
            total = progress.progress().total();
          }
        });
    run.start();
    runEffects();
    settle();
  }

  @Override
  public void settle() {
    ask(QueryRequest.AwaitIdle::new);
  }

  /** Makes a request and moves the clock, for the waits between retries, until it is answered. */
  private Object ask(LongFunction<QueryRequest> request) {
    List<Object> answers = new ArrayList<>();
    if (!run().isEnded()) {
      run().request(request, answers::add);
      runEffects();
    }
    for (int i = 0; i < MOST_STEPS && answers.isEmpty() && !run().isEnded(); i++) {
      clock.advance(STEP);
      runEffects();
    }
    QueryFailure failure = run().failure();
    if (failure != null) {
      throw new StreamingQueryException(
          "contract", failure.epoch(), failure.message(), run().exception());
    }
    return answers.get(0);
  }

  @Override
  public void advance(Duration duration) {
    clock.advance(duration);
    settle();
  }

  @Override
  public EventCounts total() {
    return total;
  }

  @Override
  @SuppressWarnings("unchecked") // as documented
  public List<ParkedGroup> parked() {
    return (List<ParkedGroup>) ask(QueryRequest.ListParked::new);
  }

  @Override
  public void redrive(String key) {
    ask(id -> new QueryRequest.Park(id, 0, groupKey(key), Kind.REDRIVE));
    settle();
  }

  @Override
  public void release(String key) {
    ask(id -> new QueryRequest.Park(id, 0, groupKey(key), Kind.RELEASE));
    settle();
  }

  private static GroupKey groupKey(String key) {
    return new StandardKeyCodec().write(key);
  }

  private LocalRun run() {
    return requireNonNull(run, "run");
  }

  @Override
  public void close() {
    if (run != null) {
      run.end();
    }
  }

  private void runEffects() {
    while (effects.runNext()) {
      // Until nothing is left to do.
    }
  }
}
