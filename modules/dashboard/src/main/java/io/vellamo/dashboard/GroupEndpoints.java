package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.ReplayKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answers about groups: their keys, states and histories, if these are shown. */
final class GroupEndpoints {
  private static final int MAX_GROUPS = 1000;
  private static final int MAX_EPOCHS = 1000;

  private final QueryEndpoints queries;
  private final KeyLookup keys;
  private final Disclosure disclosure;
  private final Supplier<JournalReplay> journal;

  GroupEndpoints(
      QueryEndpoints queries,
      KeyLookup keys,
      Disclosure disclosure,
      Supplier<JournalReplay> journal) {
    this.queries = queries;
    this.keys = keys;
    this.disclosure = disclosure;
    this.journal = journal;
  }

  List<HttpRoute> routes() {
    String groups = "/api/queries/{query}/operators/{operator}/groups";
    return List.of(
        HttpRoute.get(groups, (request, names) -> page(request, names.get(0), names.get(1))),
        HttpRoute.get(
            groups + "/{key}", (request, names) -> group(names.get(0), names.get(1), names.get(2))),
        HttpRoute.get(
            groups + "/{key}/history",
            (request, names) ->
                history(
                    names.get(0),
                    names.get(1),
                    names.get(2),
                    request.number("limit", 20, MAX_EPOCHS))));
  }

  private HttpAnswer page(DashboardRequest request, String query, String operator) {
    disclosure.requireShown();
    StreamingQuery running = queries.find(query);
    int limit = request.number("limit", 50, MAX_GROUPS);
    String after = request.query().get("after");
    GroupPage page;
    try {
      page = BoundedAnswer.result(pageAfter(running, operator, after, limit));
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(String.valueOf(e.getMessage()));
    }
    ArrayNode groups = Json.array();
    page.groups().forEach(group -> groups.addRawValue(new RawValue(group.json())));
    ObjectNode answer = Json.object();
    answer.set("groups", groups);
    answer.put("next", page.next().orElse(null));
    return HttpAnswer.json(answer);
  }

  private static CompletionStage<GroupPage> pageAfter(
      StreamingQuery query, String operator, @Nullable String after, int limit) {
    return after == null ? query.groups(operator, limit) : query.groups(operator, after, limit);
  }

  private HttpAnswer group(String query, String operator, String text) {
    disclosure.requireShown();
    Optional<CommittedGroup> group = keys.find(queries.find(query), operator, text);
    return new HttpAnswer(
        200, "application/json", group.orElseThrow(() -> noGroup(operator, text)).json());
  }

  private HttpAnswer history(String query, String operator, String text, int limit) {
    disclosure.requireShown();
    Optional<CommittedGroup> group = keys.find(queries.find(query), operator, text);
    if (group.isPresent()) {
      return HttpAnswer.json(read(query, operator, group.get().key(), limit).orElseThrow());
    }
    // A group that has been removed has a history, but only its typed key.
    for (Object key : KeyLookup.candidates(text)) {
      Optional<JsonNode> history = read(query, operator, key, limit);
      if (history.isPresent() && history.get().path("epochCount").asLong() > 0) {
        return HttpAnswer.json(history.get());
      }
    }
    throw noGroup(operator, text);
  }

  private Optional<JsonNode> read(String query, String operator, @Nullable Object key, int limit) {
    List<GroupHistory> histories =
        BoundedAnswer.result(journal.get().historyInOperators(query, ReplayKey.of(key), limit));
    return histories.stream()
        .filter(history -> history.operator().equals(operator))
        .findFirst()
        .map(Json::tree);
  }

  private static RequestException noGroup(String operator, String text) {
    return RequestException.notFound(
        "Operator [%s] must keep a group of the key, found none for [%s]; type text as it is, and keys of a class as JSON"
            .formatted(operator, text));
  }
}
