package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries run by actors, with one of the hostings. */
final class ActorDriver implements EpochDriver {
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final TestSystem system;
  private @Nullable StreamingQuery query;

  ActorDriver(String hosting) {
    system = TestSystem.start("vellamo.query { shards = 1, hosting = " + hosting + " }");
  }

  @Override
  public void start(Function<QueryStart, QueryBuilder> pipeline) throws Exception {
    query = pipeline.apply(system.vellamo().query("contract")).clock(clock).start();
    settle();
  }

  @Override
  public void settle() throws Exception {
    get(query().whenIdle());
  }

  @Override
  public void advance(Duration duration) throws Exception {
    clock.advance(duration);
    settle();
  }

  @Override
  public EventCounts total() {
    return query().lastProgress().orElseThrow().total();
  }

  @Override
  public List<ParkedGroup> parked() throws Exception {
    return get(query().parkedGroups());
  }

  @Override
  public void redrive(String key) throws Exception {
    get(query().redrive(key));
    settle();
  }

  @Override
  public void release(String key) throws Exception {
    get(query().release(key));
    settle();
  }

  private StreamingQuery query() {
    return requireNonNull(query, "query");
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    system.close();
  }
}
