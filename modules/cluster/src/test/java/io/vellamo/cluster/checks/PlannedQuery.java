package io.vellamo.cluster.checks;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.codec.QueryCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Queries that are defined and do not run. */
public final class PlannedQuery implements QueryStarter {
  /** Tells that a plan has been taken. */
  private static final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final List<QueryPlan> taken = new ArrayList<>();

  private PlannedQuery() {}

  /** Returns the plan of a query. */
  public static QueryPlan plan(String name, Function<QueryStart, QueryBuilder> definition) {
    PlannedQuery starter = new PlannedQuery();
    try {
      definition.apply(QueryStart.of(name, starter)).start();
    } catch (TakenException e) {
      return starter.taken.get(0);
    }
    throw new AssertionError("not started");
  }

  /** Returns a query that is prepared to start. */
  public static PreparedQuery prepared(String name, Function<QueryStart, QueryBuilder> definition) {
    return QueryCodecs.prepare(plan(name, definition), PlannedQuery.class.getClassLoader());
  }

  /** Returns a query with the default settings. */
  public static QuerySpec spec(
      String name, QueryClock clock, Function<QueryStart, QueryBuilder> definition) {
    VellamoSettings settings = VellamoSettings.from(ConfigFactory.load());
    QueryPlan plan = plan(name, definition).withRetry(settings.retry());
    return new QuerySpec(
        QueryCodecs.prepare(plan, PlannedQuery.class.getClassLoader()), clock, settings);
  }

  @Override
  public StreamingQuery start(QueryPlan plan) {
    taken.add(plan);
    throw new TakenException();
  }
}
