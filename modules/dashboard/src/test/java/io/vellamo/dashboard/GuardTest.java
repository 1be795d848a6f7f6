package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vellamo.actors.Vellamo;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that the dashboard refuses, and data that it hides. */
final class GuardTest {
  private static final String TOKEN = "a-token-of-this-test";

  private ShownQuery shown;
  private VellamoDashboard dashboard;
  private HttpCalls http;

  @BeforeEach
  void start(@TempDir Path dir) throws InterruptedException {
    shown = new ShownQuery(dir, 2);
    shown.failing.add("bob-the-key");
    shown.add(order("ada-the-key", 10, 0), order("bob-the-key", 20, 1));
    dashboard = VellamoDashboard.start(shown.system, settings());
    http = new HttpCalls(dashboard.address());
  }

  private DashboardSettings settings() {
    return DashboardSettings.from(shown.system.settings().config()).withPort(0);
  }

  @AfterEach
  void stop() {
    dashboard.close();
    shown.close();
  }

  @Test
  void defaults_areLoopback_withoutDataAndActions() {
    DashboardSettings defaults = DashboardSettings.from(shown.system.settings().config());

    assertThat(defaults.host()).isEqualTo("127.0.0.1");
    assertThat(defaults.showData()).isFalse();
    assertThat(defaults.hasActions()).isFalse();
    assertThat(dashboard.address().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void hiddenData_isInNoAnswer() throws Exception {
    List<String> paths = new ArrayList<>();
    for (HttpRoute route : routes()) {
      paths.add(
          route
              .template()
              .substring(1)
              .replace("{query}", "orders")
              .replace("{operator}", ShownQuery.OPERATOR)
              .replace("{key}", "ada-the-key")
              .replace("{row}", "1%2F0%2F0")
              .replace("{id}", "0"));
    }
    assertThat(paths).contains("api/queries", "api/queries/orders/parked", "metrics");
    assertThat(paths).hasSizeGreaterThan(10);
    for (String path : paths) {
      HttpResponse<String> response = http.get(path);

      assertThat(response.body())
          .as(path)
          .doesNotContain("bob-the-key", ShownQuery.SECRET, "locked")
          .doesNotContain("ada-the-key");
      if (path.contains("/groups") || path.contains("/rows/")) {
        assertThat(response.statusCode()).as(path).isEqualTo(403);
      }
    }
  }

  private List<HttpRoute> routes() {
    return DashboardRoutes.create(
            Vellamo.get(shown.system).queries(),
            new EndedQueries(),
            settings(),
            () -> {
              throw new AssertionError("only the routes are asked");
            })
        .routes();
  }

  @Test
  void actions_withoutAToken_areOff() throws Exception {
    HttpResponse<String> response =
        http.post("api/queries/orders/stop", "Authorization", "Bearer ");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(HttpCalls.json(response).path("error").asText())
        .isEqualTo("Actions are off; set vellamo.dashboard.token to switch them on");
    assertThat(shown.query.isActive()).isTrue();
  }

  @Test
  void foreignHost_isRefused_asDnsRebindingBringsIt() throws Exception {
    int port = dashboard.address().getPort();

    assertThat(statusOf("GET /api/queries HTTP/1.1", "Host: evil.example:" + port)).contains("403");
    assertThat(statusOf("GET / HTTP/1.1", "Host: 127.0.0.1.evil.example")).contains("403");
    assertThat(statusOf("GET /api/queries HTTP/1.1", "Host: localhost:" + port)).contains("200");
    assertThat(statusOf("GET /api/queries HTTP/1.1", "Host: LOCALHOST:1", "Host: evil.example"))
        .doesNotContain("200");
  }

  private String statusOf(String... lines) throws Exception {
    URI address = dashboard.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @Test
  void foreignOrigin_isRefused_andSoIsARequestThatAForeignPageMakes() throws Exception {
    String own = "http://127.0.0.1:" + dashboard.address().getPort();

    assertThat(http.get("api/queries", "Origin", own).statusCode()).isEqualTo(200);
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1", "%%")) {
      assertThat(http.get("api/queries", "Origin", origin).statusCode()).isEqualTo(403);
    }
    assertThat(http.get("metrics", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(http.get("metrics", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(http.get("metrics", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    assertThat(
            http.get("", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode())
        .isEqualTo(200);
  }

  @Test
  void answers_haveSecurityHeaders_alsoRefusals() throws Exception {
    for (HttpResponse<String> response :
        List.of(http.get(""), http.get("nothing"), http.get("metrics", "Origin", "null"))) {
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void mountedHandler_answersBelowItsPath() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    try (VellamoDashboard mounted =
        VellamoDashboard.unbound(shown.system, settings().withToken(TOKEN))) {
      server.createContext("/ops/vellamo", mounted.handler());
      server.start();
      HttpCalls calls =
          new HttpCalls(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));

      HttpResponse<String> directory = calls.get("ops/vellamo");
      assertThat(directory.statusCode()).isEqualTo(308);
      assertThat(directory.headers().firstValue("Location")).contains("/ops/vellamo/");
      assertThat(calls.get("ops/vellamo/").body()).contains("<title>Vellamo</title>");
      assertThat(calls.json("ops/vellamo/api/settings").path("actions").asBoolean()).isTrue();
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
