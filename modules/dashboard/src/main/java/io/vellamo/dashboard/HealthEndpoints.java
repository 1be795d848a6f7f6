package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import io.vellamo.api.query.StreamingQueryManager;
import java.util.List;

/** The answers for probes. A query that failed and was not started again is not ready. */
final class HealthEndpoints {
  private final StreamingQueryManager queries;
  private final EndedQueries ended;

  HealthEndpoints(StreamingQueryManager queries, EndedQueries ended) {
    this.queries = queries;
    this.ended = ended;
  }

  List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(
            "/health/live", (request, names) -> HttpAnswer.json(Json.object().put("live", true))),
        HttpRoute.get("/health/ready", (request, names) -> ready()));
  }

  private HttpAnswer ready() {
    ArrayNode notReady = Json.array();
    for (StreamingQuery query : queries.active()) {
      query
          .status()
          .outage()
          .ifPresent(
              outage ->
                  notReady
                      .addObject()
                      .put("query", query.name())
                      .put("reason", "OUTAGE")
                      .put("since", outage.since().toString()));
    }
    for (QueryTerminated end : ended.all()) {
      if (end.exception().isPresent()) {
        notReady.addObject().put("query", end.name()).put("reason", "FAILED");
      }
    }
    return HttpAnswer.json(
        notReady.isEmpty() ? 200 : 503,
        Json.object().put("ready", notReady.isEmpty()).set("problems", notReady));
  }
}
