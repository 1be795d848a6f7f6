package io.vellamo.dashboard;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.replay.JournalReplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** All addresses of the REST interface but the stream of updates. */
final class DashboardRoutes {
  private DashboardRoutes() {}

  static HttpRouter create(
      StreamingQueryManager queries,
      EndedQueries ended,
      DashboardSettings settings,
      Supplier<JournalReplay> journal) {
    Disclosure disclosure = new Disclosure(settings.showData());
    QueryEndpoints ofQueries = new QueryEndpoints(queries, ended, disclosure);
    KeyLookup keys = new KeyLookup(settings.searchLimit());
    List<HttpRoute> routes = new ArrayList<>(ofQueries.routes());
    routes.addAll(new GroupEndpoints(ofQueries, keys, disclosure, journal).routes());
    routes.addAll(new RowEndpoints(disclosure, journal).routes());
    routes.addAll(
        new ParkedEndpoints(ofQueries, disclosure, UUID.randomUUID().toString()).routes());
    routes.addAll(new HealthEndpoints(queries, ended, disclosure).routes());
    routes.add(HttpRoute.get("/api/settings", (request, names) -> settings(settings)));
    routes.add(HttpRoute.get("/metrics", (request, names) -> metrics(queries)));
    return new HttpRouter(routes);
  }

  /** Tells the page what it may offer. */
  private static HttpAnswer settings(DashboardSettings settings) {
    return HttpAnswer.json(
        Json.object().put("showData", settings.showData()).put("actions", settings.hasActions()));
  }

  private static HttpAnswer metrics(StreamingQueryManager queries) {
    return new HttpAnswer(
        200,
        MetricsText.TYPE,
        MetricsText.of(
            queries.active().stream()
                .map(StreamingQuery::lastProgress)
                .flatMap(Optional::stream)
                .toList()));
  }
}
