package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.QueryHealth.State;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import io.vellamo.api.query.StreamingQueryManager;
import java.util.List;

/** The answers for probes. A query that failed and was not started again is not ready. */
final class HealthEndpoints {
  private final StreamingQueryManager queries;
  private final EndedQueries ended;
  private final Disclosure disclosure;

  HealthEndpoints(StreamingQueryManager queries, EndedQueries ended, Disclosure disclosure) {
    this.queries = queries;
    this.ended = ended;
    this.disclosure = disclosure;
  }

  List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(
            "/health/live", (request, names) -> HttpAnswer.json(Json.object().put("live", true))),
        HttpRoute.get("/health/ready", (request, names) -> ready()));
  }

  private HttpAnswer ready() {
    ObjectNode all = Json.object();
    boolean ready = true;
    for (StreamingQuery query : queries.active()) {
      QueryHealth health = query.health();
      ready &= health.isReady();
      all.set(query.name(), disclosure.health(health));
    }
    for (QueryTerminated end : ended.all()) {
      if (end.exception().isPresent() && !all.has(end.name())) {
        ready = false;
        all.putObject(end.name()).put("state", State.UNHEALTHY.name()).put("ended", true);
      }
    }
    return HttpAnswer.json(
        ready ? 200 : 503, Json.object().put("ready", ready).set("queries", all));
  }
}
