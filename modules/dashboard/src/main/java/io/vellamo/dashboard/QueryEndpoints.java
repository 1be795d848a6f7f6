package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.query.StreamingQueryProgress;
import java.util.List;

/** The answers about whole queries. */
final class QueryEndpoints {
  private final StreamingQueryManager queries;
  private final EndedQueries ended;
  private final Disclosure disclosure;

  QueryEndpoints(StreamingQueryManager queries, EndedQueries ended, Disclosure disclosure) {
    this.queries = queries;
    this.ended = ended;
    this.disclosure = disclosure;
  }

  List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get("/api/queries", (request, names) -> all()),
        HttpRoute.get(
            "/api/queries/{query}", (request, names) -> HttpAnswer.json(one(find(names.get(0))))),
        HttpRoute.get("/api/queries/{query}/progress", (request, names) -> progress(names.get(0))),
        HttpRoute.get(
            "/api/queries/{query}/explain",
            (request, names) -> HttpAnswer.text(find(names.get(0)).explain())),
        HttpRoute.get(
            "/api/queries/{query}/shards", (request, names) -> shards(find(names.get(0)))),
        HttpRoute.get(
            "/api/queries/{query}/hot-keys", (request, names) -> hotKeys(find(names.get(0)))),
        HttpRoute.get(
            "/api/queries/{query}/dead-letters", (request, names) -> deadLetters(names.get(0))));
  }

  /**
   * Returns an active query.
   *
   * @throws RequestException if there is none of that name
   */
  StreamingQuery find(String name) {
    return queries
        .get(name)
        .orElseThrow(
            () ->
                RequestException.notFound(
                    "The query must be active on this node, found none named [%s]; GET api/queries lists them"
                        .formatted(name)));
  }

  private HttpAnswer all() {
    ArrayNode all = Json.array();
    List<StreamingQuery> active = queries.active();
    active.forEach(query -> all.add(one(query)));
    for (QueryTerminated end : ended.all()) {
      if (active.stream().noneMatch(query -> query.name().equals(end.name()))) {
        all.add(ended(end));
      }
    }
    return HttpAnswer.json(Json.object().set("queries", all));
  }

  private ObjectNode one(StreamingQuery query) {
    ObjectNode tree = Json.object();
    tree.put("name", query.name());
    tree.put("runId", query.runId().toString());
    tree.put("active", true);
    tree.put("guarantee", query.guarantee().name());
    tree.set("health", disclosure.health(query.health()));
    tree.set("status", disclosure.status(query.status()));
    query
        .watermark()
        .ifPresent(
            report -> {
              tree.set("watermark", Json.tree(report));
              tree.put("watermarkExplanation", report.explanation());
            });
    query.lastProgress().ifPresent(last -> tree.set("progress", disclosure.progress(last)));
    return tree;
  }

  private ObjectNode ended(QueryTerminated end) {
    ObjectNode tree = Json.object();
    tree.put("name", end.name());
    tree.put("runId", end.runId().toString());
    tree.put("active", false);
    tree.set("failure", disclosure.failure(end.exception().orElse(null)));
    return tree;
  }

  private HttpAnswer progress(String name) {
    ArrayNode all = Json.array();
    find(name).recentProgress().forEach(report -> all.add(disclosure.progress(report)));
    return HttpAnswer.json(Json.object().set("progress", all));
  }

  private static HttpAnswer shards(StreamingQuery query) {
    ObjectNode operators = Json.object();
    query.shards().forEach((operator, shards) -> operators.set(operator, Json.tree(shards)));
    ObjectNode all = Json.object().set("operators", operators);
    return HttpAnswer.json(all.set("nodes", Json.tree(BoundedAnswer.result(query.hostedShards()))));
  }

  private HttpAnswer hotKeys(StreamingQuery query) {
    ArrayNode operators = Json.array();
    query.hotKeys().forEach(hotKeys -> operators.add(disclosure.hotKeys(hotKeys)));
    return HttpAnswer.json(Json.object().set("operators", operators));
  }

  /** Tells where dead letters arose; the query's dead letter sink has the events themselves. */
  private HttpAnswer deadLetters(String name) {
    StreamingQuery query = find(name);
    ArrayNode epochs = Json.array();
    for (StreamingQueryProgress report : query.recentProgress()) {
      if (report.events().deadLettered() > 0) {
        epochs
            .addObject()
            .put("epoch", report.epoch())
            .put("timestamp", report.timestamp().toString())
            .put("deadLettered", report.events().deadLettered());
      }
    }
    long total = query.lastProgress().map(last -> last.total().deadLettered()).orElse(0L);
    return HttpAnswer.json(Json.object().put("total", total).set("recent", epochs));
  }
}
