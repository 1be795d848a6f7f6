package io.vellamo.actors;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.EventCounts;
import io.vellamo.testkit.ManualClock;
import java.time.Instant;
import java.util.function.Function;

/** Queries run as batches. */
final class BatchDriver implements EpochDriver {
  private final TestSystem system = TestSystem.start();
  private EventCounts total = EventCounts.NONE;

  @Override
  public void start(Function<QueryStart, QueryBuilder> pipeline) throws Exception {
    QueryBuilder query = pipeline.apply(system.vellamo().query("contract"));
    total = query.clock(ManualClock.at(Instant.EPOCH)).runBatch().events();
  }

  @Override
  public EventCounts total() {
    return total;
  }

  @Override
  public void close() {
    system.close();
  }
}
