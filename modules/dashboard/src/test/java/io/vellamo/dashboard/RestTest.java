package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.OPERATOR;
import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST interface, asked with a real client. */
final class RestTest {
  private static final String TOKEN = "a-token-of-this-test";
  private static final String GROUPS = "api/queries/orders/operators/" + OPERATOR + "/groups";

  private ShownQuery shown;
  private VellamoDashboard dashboard;
  private HttpCalls http;

  @BeforeEach
  void start(@TempDir Path dir) throws InterruptedException {
    shown = new ShownQuery(dir, 4);
    shown.failing.add("bob");
    shown.add(order("ada", 10, 0), order("bob", 20, 1), order("ada/2", 5, 2));
    shown.add(order("ada", 90, 600)).add(order("late", 1, 0), order("ada", 1, 601));
    dashboard =
        VellamoDashboard.start(
            shown.system,
            DashboardSettings.from(shown.system.settings().config())
                .withPort(0)
                .withShowData(true)
                .withToken(TOKEN));
    http = new HttpCalls(dashboard.address());
  }

  @AfterEach
  void stop() {
    dashboard.close();
    shown.close();
  }

  @Test
  void queries_haveTheFiguresOfTheirLastEpoch() throws Exception {
    JsonNode query = http.json("api/queries").path("queries").path(0);

    assertThat(query.path("name").asText()).isEqualTo("orders");
    assertThat(query.path("active").asBoolean()).isTrue();
    assertThat(query.path("guarantee").asText()).isEqualTo(shown.query.guarantee().name());
    assertThat(query.path("progress").path("total").toString())
        .isEqualTo("{\"input\":6,\"processed\":5,\"late\":1,\"deadLettered\":0}");
    assertThat(query.path("watermarkExplanation").asText()).startsWith("The watermark is");
    assertThat(http.json("api/queries/orders").path("runId")).isEqualTo(query.path("runId"));
  }

  @Test
  void progress_isThatOfTheQuery_withoutItsShards() throws Exception {
    JsonNode progress = http.json("api/queries/orders/progress").path("progress");

    assertThat(progress).hasSameSizeAs(shown.query.recentProgress());
    assertThat(progress.path(0).path("epoch").asLong()).isEqualTo(1);
    assertThat(progress.path(0).path("operators").path(0).has("shards")).isFalse();
  }

  @Test
  void explain_isTheTextOfTheQuery() throws Exception {
    assertThat(http.get("api/queries/orders/explain").body()).isEqualTo(shown.query.explain());
  }

  @Test
  void group_isFoundByItsKey_alsoWithASlash() throws Exception {
    assertThat(http.json(GROUPS + "/ada").path("state").path("amount").asLong()).isEqualTo(101);
    assertThat(http.json(GROUPS + "/ada%2F2").path("state").path("amount").asLong()).isEqualTo(5);
  }

  @Test
  void group_thatDoesNotExist_isNotFound_andTheMessageSaysWhatToType() throws Exception {
    HttpResponse<String> response = http.get(GROUPS + "/nobody");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(HttpCalls.json(response).path("error").asText())
        .isEqualTo(
            "Operator [spending] must keep a group of the key, found none for [nobody]; type text as it is, and keys of a class as JSON");
  }

  @Test
  void groups_comeInPages() throws Exception {
    JsonNode first = http.json(GROUPS + "?limit=1");
    JsonNode second = http.json(GROUPS + "?limit=100&after=" + first.path("next").asText());

    assertThat(first.path("groups")).hasSize(1);
    assertThat(second.path("groups")).hasSize(2);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(http.get(GROUPS + "?limit=0").statusCode()).isEqualTo(400);
    assertThat(http.get(GROUPS + "?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void history_hasTheStateAfterEachEpoch() throws Exception {
    JsonNode history = http.json(GROUPS + "/ada/history");

    assertThat(history.path("epochCount").asLong()).isEqualTo(3);
    assertThat(history.path("epochs").findValuesAsText("amount"))
        .containsExactly("10", "100", "101");
    assertThat(history.path("epochs").path(1).path("rows").path(0).asText()).isEqualTo("ada 90");
    assertThat(http.json(GROUPS + "/ada/history?limit=1").path("epochs")).hasSize(1);
  }

  @Test
  void parked_isRedriven_withTheToken() throws Exception {
    JsonNode parked = http.json("api/queries/orders/parked").path("parked").path(0);
    assertThat(parked.path("key").asText()).isEqualTo("bob");
    assertThat(parked.path("message").asText()).isEqualTo("the account of bob is locked");
    String path = "api/queries/orders/parked/" + parked.path("id").asText() + "/redrive";
    shown.failing.clear();

    assertThat(http.post(path).statusCode()).isEqualTo(401);
    assertThat(http.post(path, "Authorization", "Bearer no-" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(shown.query.parkedGroups().toCompletableFuture().join()).hasSize(1);
    assertThat(http.post(path, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(202);

    shown.query.processAllAvailable();
    assertThat(http.json("api/queries/orders/parked").path("parked")).isEmpty();
    assertThat(http.json(GROUPS + "/bob").path("state").path("amount").asLong()).isEqualTo(20);
    assertThat(http.post(path, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void parked_isReleased_andItsEventBecomesADeadLetter() throws Exception {
    String id = http.json("api/queries/orders/parked").path("parked").path(0).path("id").asText();

    HttpResponse<String> response =
        http.post(
            "api/queries/orders/parked/" + id + "/release", "Authorization", "Bearer " + TOKEN);
    shown.query.processAllAvailable();

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(shown.letters.rows()).hasSize(1);
    assertThat(http.json("api/queries/orders/parked").path("parked")).isEmpty();
  }

  @Test
  void stop_endsTheQuery_andItIsListedAsEnded() throws Exception {
    HttpResponse<String> response =
        http.post("api/queries/orders/stop", "Authorization", "Bearer " + TOKEN);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(shown.query.isActive()).isFalse();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(http.json("api/queries").path("queries").path(0).path("active"))
                    .hasToString("false"));
    assertThat(http.get("api/queries/orders").statusCode()).isEqualTo(404);
    assertThat(http.get("health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_areTheFiguresOfTheLastEpoch_inPrometheusFormat() throws Exception {
    HttpResponse<String> response = http.get("metrics");

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body().lines())
        .contains(
            "# TYPE vellamo_query_events_processed_total counter",
            "vellamo_query_events_processed_total{query=\"orders\"} 5",
            "vellamo_query_events_late_total{query=\"orders\"} 1",
            "vellamo_query_groups_parked{query=\"orders\"} 1")
        .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+\\{query=\"orders\"\\} \\S+"));
  }

  @Test
  void health_isLiveAndReady() throws Exception {
    assertThat(http.get("health/live").statusCode()).isEqualTo(200);
    assertThat(http.json("health/ready").path("ready").asBoolean()).isTrue();
  }

  @Test
  void deadLetters_areCounted() throws Exception {
    assertThat(http.json("api/queries/orders/dead-letters"))
        .hasToString("{\"total\":0,\"recent\":[]}");
  }

  @Test
  void address_thatDoesNotExist_orAnotherMethod_isRefusedAsJson() throws Exception {
    for (String path : List.of("api/nothing", "page%2F..%2Fmain.js", "nothing.js")) {
      assertThat(http.get(path).statusCode()).as(path).isEqualTo(404);
    }
    HttpResponse<String> post = http.post("api/queries", "Authorization", "Bearer " + TOKEN);
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(HttpCalls.json(post).path("error").asText()).contains("[POST]");
  }
}
