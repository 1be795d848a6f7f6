package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.VellamoCommand;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.dashboard.DashboardSettings;
import io.vellamo.dashboard.VellamoDashboard;
import io.vellamo.samples.SampleProcess.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The commands for running queries, on a query with a dashboard. */
@Timeout(120)
final class DashboardCommandsTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  /** An event. */
  record Order(String customer, long amount, Instant time) {}

  private final MemorySource<Order> orders = MemorySource.create(2);
  private final MemorySink<Long> rows = MemorySink.create();
  private ActorSystem<Void> system;
  private StreamingQuery query;

  @BeforeEach
  void start(@TempDir Path directory) throws InterruptedException {
    // First: otherwise threads of the actor system initialize logging concurrently.
    LoggerFactory.getILoggerFactory();
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "shop",
            ConfigFactory.parseString(
                    "vellamo { query.shards = 4, embedded-journal { sync = off, dir = \"%s\" } }"
                        .formatted(directory))
                .withFallback(ConfigFactory.parseResources("samples.conf"))
                .withFallback(ConfigFactory.load()));
    query =
        Vellamo.get(system)
            .query("orders")
            .from(orders)
            .withWatermark(Order::time, Duration.ofMinutes(1))
            .groupByKey(Order::customer)
            .<Long, Long>flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.EVENT_TIME,
                Long.class,
                (customer, events, state) -> {
                  long sum = state.optional().orElse(0L);
                  while (events.hasNext()) {
                    sum += events.next().amount();
                  }
                  state.update(sum);
                  return List.of(sum).iterator();
                })
            .named("spending")
            .to(rows)
            .start();
    add(order("ada", 0), order("bob", 10), order("ada", 600));
    add(order("late", 0), order("ada", 601));
  }

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private static Order order(String customer, int second) {
    return new Order(customer, 5, START.plusSeconds(second));
  }

  private void add(Order... events) throws InterruptedException {
    orders.addTo(0, List.of(events));
    query.processAllAvailable();
  }

  private VellamoDashboard dashboard(boolean showData) {
    return VellamoDashboard.start(
        system,
        DashboardSettings.from(system.settings().config()).withPort(0).withShowData(showData));
  }

  @Test
  void top_showsTheFiguresOfTheDashboard() throws Exception {
    try (VellamoDashboard dashboard = dashboard(true)) {
      Outcome top = vellamo("top", "--once", "--url", dashboard.address().toString());
      JsonNode report = get(dashboard.address().resolve("api/queries")).at("/queries/0/progress");

      assertThat(top.exitCode()).as(top.err()).isZero();
      assertThat(top.out())
          .startsWith("orders  healthy  exactly once\n  Waiting for data to arrive\n")
          .containsPattern("\n  per second +[0-9.,]+ +[0-9.,]+ +[0-9.,]+ +0 +[0-9.,]+\n")
          .containsPattern("\n  total +5 +4 +1 +0\n");
      assertThat(top.out().lines()).allMatch(line -> line.length() < 80);
      assertThat(top.out().replaceAll("\\s+", " "))
          .contains(" watermark 2026-03-01T08:09:01Z, ", "The watermark is [2026-03-01T08:09:01Z]")
          .contains(" epoch %s in ".formatted(report.path("epoch").asText()))
          .containsPattern(
              ": plan .+, read .+, functions .+, journal .+, route .+, sink .+, commit ")
          .contains(" state 2 groups, %s B; journal ".formatted(report.at("/state/bytes")))
          .contains(" source Memory")
          .contains(" operator spending: 2 groups, ", " 4 shards, skew ")
          .containsPattern("hot keys by events ada [0-9.]+ %, bob [0-9.]+ %");
    }
  }

  @Test
  void top_ofADashboardThatHidesData_showsNoKeys() {
    try (VellamoDashboard dashboard = dashboard(false)) {
      Outcome top = vellamo("top", "orders", "--once", "--url", dashboard.address().toString());

      assertThat(top.out())
          .containsPattern("hot keys   by events a hidden key [0-9.]+ %")
          .doesNotContain("ada", "bob");
    }
  }

  @Test
  void top_withoutTerminal_printsAgainAndAgain_untilTheDashboardEnds() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CompletableFuture<Integer> exit;
    try (VellamoDashboard dashboard = dashboard(true)) {
      exit =
          CompletableFuture.supplyAsync(
              () -> vellamo(out, err, "top", "--url", dashboard.address().toString()));
      await(out, "total +5 ");
      add(order("cid", 700));
      await(out, "total +6 ");
    }

    assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    // The dashboard may end while it answers.
    assertThat(err.toString(UTF_8))
        .containsAnyOf("found nothing there", "must be the address of a Vellamo dashboard")
        .hasLineCount(1);
  }

  @Test
  void top_ofAQueryThatHasEnded_saysSo() throws Exception {
    try (VellamoDashboard dashboard = dashboard(true)) {
      query.stop();

      Outcome top = vellamo("top", "--once", "--url", dashboard.address().toString());
      Outcome explain = vellamo("explain", "--url", dashboard.address().toString());

      assertThat(top.out()).isEqualTo("orders  ended\n");
      assertThat(explain.out()).isEqualTo("query [orders]: has ended\n");
    }
  }

  @Test
  void explain_describesTheQuery() {
    try (VellamoDashboard dashboard = dashboard(false)) {
      Outcome explain = vellamo("explain", "orders", "--url", dashboard.address().toString());

      assertThat(explain.exitCode()).as(explain.err()).isZero();
      assertThat(explain.out()).isEqualTo(query.explain() + "\n");
    }
  }

  @Test
  void address_belowAPath_andWithoutSlash_isUnderstood() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (VellamoDashboard mounted =
        VellamoDashboard.unbound(
            system, DashboardSettings.from(system.settings().config()).withShowData(true))) {
      server.createContext("/vellamo", mounted.handler());
      server.start();
      String url = "http://127.0.0.1:%d/vellamo".formatted(server.getAddress().getPort());

      assertThat(vellamo("top", "--once", "--url", url).out()).startsWith("orders  healthy");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void query_thatIsNotShown_isRefusedWithTheOthers() {
    try (VellamoDashboard dashboard = dashboard(true)) {
      String url = dashboard.address().toString();

      Outcome top = vellamo("top", "order", "--once", "--url", url);

      assertThat(top.exitCode()).isEqualTo(2);
      assertThat(top.err())
          .isEqualTo(
              "QUERY must be one that the dashboard at %s shows, was [order]; it shows [orders]\n"
                  .formatted(url));
      assertThat(vellamo("explain", "order", "--url", url).exitCode()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"top", "explain"})
  void dashboard_thatIsNotThere_isReported(String command) {
    String url;
    try (VellamoDashboard dashboard = dashboard(true)) {
      url = dashboard.address().toString();
    }

    Outcome outcome = vellamo(command, "--url", url);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "A dashboard must listen at %s, found nothing there; start one with VellamoDashboard.start, or name its address with --url\n"
                .formatted(url));
  }

  @ParameterizedTest
  @CsvSource({
    "200, 'must be the address of a Vellamo dashboard, found something else that answered with [200]'",
    "404, 'must be the address of a Vellamo dashboard, found something else that answered with [404]'",
    "401, 'must let everyone read, refused with [401]: it says nothing that a dashboard says'",
    "403, 'must let everyone read, refused with [403]: it says nothing that a dashboard says'"
  })
  void server_ofAnotherKind_isReported(int status, String message) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] page = "<html>Hello".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());

      Outcome top = vellamo("top", "--url", url);

      assertThat(top.exitCode()).isEqualTo(1);
      assertThat(top.err()).contains(url + "/ " + message).hasLineCount(1);
    } finally {
      server.stop(0);
    }
  }

  /** As a reverse proxy's host does that is not among the allowed ones. */
  @Test
  void dashboard_thatRefusesTheHost_isQuoted() throws IOException {
    try (VellamoDashboard dashboard = dashboard(true)) {
      String url = "http://[::ffff:127.0.0.1]:%d/".formatted(dashboard.address().getPort());

      Outcome top = vellamo("top", "--once", "--url", url);

      assertThat(top.exitCode()).isEqualTo(1);
      assertThat(top.err())
          .contains(
              "refused with [403]: The host must be one of the dashboard's, was [[::ffff:127.0.0.1]:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7474", "ftp://127.0.0.1/", "http://", "http://127.0.0.1/?a=b", "a b"})
  void url_thatIsNone_isRefused(String url) {
    Outcome top = vellamo("top", "--url", url);

    assertThat(top.exitCode()).isEqualTo(2);
    assertThat(top.err())
        .isEqualTo(
            "--url must be the address of a dashboard, such as http://127.0.0.1:7474/, was [%s]\n"
                .formatted(url));
  }

  @Test
  void interval_belowASecond_isRefused() {
    assertThat(vellamo("top", "--every", "0").err())
        .isEqualTo("--every must be 1 or more, was [0]\n");
  }

  private static void await(ByteArrayOutputStream out, String pattern) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(out.toString(UTF_8)).containsPattern(pattern));
  }

  private static Outcome vellamo(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = vellamo(out, err, arguments);
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static int vellamo(
      ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
    return VellamoCommand.run(
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)),
        arguments);
  }

  private static JsonNode get(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }
}
