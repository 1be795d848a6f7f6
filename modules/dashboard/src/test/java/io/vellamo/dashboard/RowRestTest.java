package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.OPERATOR;
import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The origins of rows, asked for by their ids over HTTP. */
final class RowRestTest {
  private static final String ROWS = "api/queries/orders/rows/";

  @TempDir private Path dir;
  private @Nullable ShownQuery shown;
  private @Nullable VellamoDashboard dashboard;

  private HttpCalls start(String settings) throws InterruptedException {
    ShownQuery started = new ShownQuery(dir, 4, settings);
    shown = started;
    started.add(order("ada", 10, 0), order("eve", 1, 1)).add(order("ada", 90, 2));
    VellamoDashboard served =
        VellamoDashboard.start(
            started.system,
            DashboardSettings.from(started.system.settings().config())
                .withPort(0)
                .withShowData(true));
    dashboard = served;
    return new HttpCalls(served.address());
  }

  @AfterEach
  void stop() {
    if (dashboard != null) {
      dashboard.close();
    }
    if (shown != null) {
      shown.close();
    }
  }

  /** Returns the id of ada's only row, in the form of {@code RowId.toString}. */
  private static String rowOfAda(HttpCalls http) throws Exception {
    JsonNode history =
        http.json("api/queries/orders/operators/" + OPERATOR + "/groups/ada/history");
    List<JsonNode> ids =
        history.findValues("rowIds").stream().filter(row -> !row.isEmpty()).toList();
    assertThat(ids).hasSize(1);
    JsonNode id = ids.get(0).path(0);
    return "%s/%s/%s/%s"
        .formatted(
            id.path("query").asText(),
            id.path("epoch").asText(),
            id.path("shard").asText(),
            id.path("index").asText());
  }

  private static String encoded(String row) {
    return URLEncoder.encode(row, StandardCharsets.UTF_8);
  }

  @Test
  void row_hasTheEventsAndStatesThatLedToIt_ifInputsAreRecorded() throws Exception {
    HttpCalls http = start("\nvellamo.journal.record-inputs = on");

    JsonNode origin = http.json(ROWS + encoded(rowOfAda(http)));

    assertThat(origin.path("row").asText()).isEqualTo("ada 90");
    assertThat(origin.path("operator").asText()).isEqualTo(OPERATOR);
    assertThat(origin.path("key").asText()).isEqualTo("ada");
    assertThat(origin.path("events").asText()).isEqualTo("RECORDED");
    assertThat(origin.path("effect").path("inputs").findValuesAsText("amount"))
        .containsExactly("90");
    assertThat(origin.path("before").path("state").path("amount").asLong()).isEqualTo(10);
    assertThat(origin.path("after").path("state").path("amount").asLong()).isEqualTo(100);
    assertThat(origin.path("earlier").findValuesAsText("customer")).containsExactly("ada");
    assertThat(origin.path("epoch").path("events").path("input").asLong()).isEqualTo(1);
    assertThat(origin.path("explanation").path(0).asText())
        .isEqualTo(
            "Epoch %s called the group with 1 event."
                .formatted(origin.path("epoch").path("epoch").asText()));
  }

  @Test
  void row_hasTheOutlineOfItsEpoch_ifInputsAreNotRecorded() throws Exception {
    HttpCalls http = start("");
    String row = rowOfAda(http);

    JsonNode origin = http.json(ROWS + encoded(row.substring("orders/".length())) + "?earlier=1");

    assertThat(origin.path("events").asText()).isEqualTo("NOT_RECORDED");
    assertThat(origin.path("effect").path("inputs").isNull()).isTrue();
    assertThat(origin.path("epoch").path("ranges").path(0).path("until").asLong()).isEqualTo(3);
    assertThat(origin.path("explanation").toString()).contains("set vellamo.journal.record-inputs");
  }

  @Test
  void whatIsNoRow_isRefused() throws Exception {
    HttpCalls http = start("");

    assertError(http, "ada", 400, "row must be an id as sinks write it");
    assertError(http, "other%2F1%2F0%2F0", 400, "row must be one of query [orders]");
    assertError(http, "99%2F0%2F0", 404, "epoch must be from 1 to [");
    assertError(http, "1%2F9%2F0", 404, "shard must be from 0 to 3, was [9]");
    assertError(http, "1%2F0%2F0?earlier=0", 400, "earlier must be a number from 1 to 1000");
    assertError(http, "1%2F0%2F0?operator=no", 404, "operator must be one of the query");
  }

  private static void assertError(HttpCalls http, String row, int status, String message)
      throws Exception {
    HttpResponse<String> response = http.get(ROWS + row);
    assertThat(response.statusCode()).as(row).isEqualTo(status);
    assertThat(HttpCalls.json(response).path("error").asText()).as(row).startsWith(message);
  }

  @Test
  void journalThatCannotBeRead_isTold() {
    HttpRoute route =
        new RowEndpoints(
                new Disclosure(true),
                () -> {
                  throw new IllegalStateException("vellamo.journal.read-plugin must be set");
                })
            .routes()
            .get(0);

    assertThatThrownBy(
            () ->
                route
                    .endpoint()
                    .answer(
                        new DashboardRequest("GET", List.of(), Map.of()),
                        List.of("orders", "1/0/0")))
        .isInstanceOfSatisfying(
            RequestException.class, failure -> assertThat(failure.status()).isEqualTo(409))
        .hasMessage("vellamo.journal.read-plugin must be set");
  }
}
