package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The answers about parked groups, and what can be done with them. A parked group is named by an
 * id, so that it can be redriven while keys are hidden.
 */
final class ParkedEndpoints {
  private static final int ID_BYTES = 12;

  /** One of the two requests for a parked group. */
  @FunctionalInterface
  private interface Action {
    CompletionStage<Boolean> request(StreamingQuery query, ParkedGroup group);
  }

  private final QueryEndpoints queries;
  private final Disclosure disclosure;
  private final String salt;

  /**
   * Creates the endpoints.
   *
   * @param salt unknown to clients; keeps them from finding keys by trying their ids
   */
  ParkedEndpoints(QueryEndpoints queries, Disclosure disclosure, String salt) {
    this.queries = queries;
    this.disclosure = disclosure;
    this.salt = salt;
  }

  List<HttpRoute> routes() {
    String parked = "/api/queries/{query}/parked";
    return List.of(
        HttpRoute.get(parked, (request, names) -> all(queries.find(names.get(0)))),
        HttpRoute.post(
            parked + "/{id}/redrive",
            (request, names) ->
                request(
                    queries.find(names.get(0)),
                    names.get(1),
                    (query, group) -> query.redrive(group.operator(), group.key()))),
        HttpRoute.post(
            parked + "/{id}/release",
            (request, names) ->
                request(
                    queries.find(names.get(0)),
                    names.get(1),
                    (query, group) -> query.release(group.operator(), group.key()))),
        HttpRoute.post("/api/queries/{query}/stop", (request, names) -> stop(names.get(0))));
  }

  private HttpAnswer all(StreamingQuery query) {
    ArrayNode all = Json.array();
    for (ParkedGroup group : BoundedAnswer.result(query.parkedGroups())) {
      all.add(disclosure.parked(group, id(query, group)));
    }
    return HttpAnswer.json(Json.object().set("parked", all));
  }

  private HttpAnswer request(StreamingQuery query, String id, Action action) {
    ParkedGroup group =
        BoundedAnswer.result(query.parkedGroups()).stream()
            .filter(parked -> id(query, parked).equals(id))
            .findFirst()
            .orElseThrow(() -> notParked(query, id));
    if (!BoundedAnswer.result(action.request(query, group))) {
      throw notParked(query, id);
    }
    return HttpAnswer.json(202, Json.object().put("requested", true));
  }

  private HttpAnswer stop(String name) {
    StreamingQuery query = queries.find(name);
    try {
      query.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestException.unavailable("The dashboard is being closed; the query stops");
    }
    return HttpAnswer.json(Json.object().put("stopped", true));
  }

  private static RequestException notParked(StreamingQuery query, String id) {
    return RequestException.notFound(
        "The group must be parked, query [%s] has none with the id [%s]; GET api/queries/%s/parked lists them"
            .formatted(query.name(), id, query.name()));
  }

  private String id(StreamingQuery query, ParkedGroup group) {
    String kind = group.key() == null ? "" : group.key().getClass().getName();
    String text =
        String.join("\0", salt, query.name(), group.operator(), kind, String.valueOf(group.key()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("SHA-256 is part of every Java platform", e);
    }
  }
}
