package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.actors.Vellamo;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the served description of the REST interface and the interface together. */
final class OpenApiTest {
  private static final String EVENTS = "GET /api/events";
  private static final String TOKEN = "a-token-of-this-test";

  private ShownQuery shown;
  private VellamoDashboard dashboard;
  private HttpCalls http;
  private DashboardSettings settings;

  @BeforeEach
  void start(@TempDir Path dir) throws InterruptedException {
    shown = new ShownQuery(dir, 2);
    shown.failing.add("bob");
    shown.add(order("ada", 90, 0), order("bob", 1, 0));
    settings =
        DashboardSettings.from(shown.system.settings().config())
            .withPort(0)
            .withShowData(true)
            .withToken(TOKEN);
    dashboard = VellamoDashboard.start(shown.system, settings);
    http = new HttpCalls(dashboard.address());
  }

  @AfterEach
  void stop() {
    dashboard.close();
    shown.close();
  }

  @Test
  void document_namesTheAddressesOfTheServer_andNoOthers() throws Exception {
    Set<String> documented = new TreeSet<>();
    http.json("openapi.json")
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            documented.add(
                                (method.getKey().equals("get") ? "GET " : "POST ")
                                    + path.getKey())));
    Set<String> served = new TreeSet<>(Set.of(EVENTS));
    DashboardRoutes.create(
            Vellamo.get(shown.system).queries(),
            new EndedQueries(),
            settings,
            () -> {
              throw new AssertionError("only the routes are asked");
            })
        .routes()
        .forEach(route -> served.add(route.method() + " " + route.template()));

    assertThat(documented).isEqualTo(served);
  }

  @Test
  void answers_haveADocumentedStatusAndType() throws Exception {
    String id = http.json("api/queries/orders/parked").path("parked").path(0).path("id").asText();
    JsonNode row =
        http.json("api/queries/orders/operators/" + ShownQuery.OPERATOR + "/groups/ada/history")
            .findPath("rowIds")
            .path(0);
    JsonNode paths = http.json("openapi.json").path("paths");
    // In the document's order, stop is the last action.
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (path.getKey().equals("/api/events")) {
        continue;
      }
      String address =
          path.getKey()
              .substring(1)
              .replace("{query}", "orders")
              .replace("{operator}", ShownQuery.OPERATOR)
              .replace("{key}", "ada")
              .replace("{row}", "1%2F" + row.path("shard").asText() + "%2F0")
              .replace("{id}", id);
      boolean isGet = path.getValue().has("get");
      HttpResponse<String> response =
          isGet ? http.get(address) : http.post(address, "Authorization", "Bearer " + TOKEN);
      JsonNode documented =
          path.getValue()
              .path(isGet ? "get" : "post")
              .path("responses")
              .path(Integer.toString(response.statusCode()));

      assertThat(response.statusCode()).as(address).isIn(200, 202);
      assertThat(documented.path("content").fieldNames())
          .toIterable()
          .as(address)
          .containsExactly(response.headers().firstValue("Content-Type").orElse(""));
    }
  }

  @Test
  void events_tellOfACommittedEpoch() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(dashboard.address().resolve("api/events")).build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      shown.add(order("eve", 1, 1), order("eve", 2, 1));
      String line = lines.readLine();
      while (!line.contains("\"input\":4")) {
        line = lines.readLine();
      }
      assertThat(line).startsWith("data: {").contains("\"name\":\"orders\"");
    }
  }
}
