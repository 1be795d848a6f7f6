package io.vellamo.alerts.pagerduty;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** An endpoint that checks requests as PagerDuty's documentation of the Events API says. */
final class PagerDutyStandIn implements AutoCloseable {
  static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A request that was accepted, with the idempotency key of its header. */
  record Accepted(String idempotencyKey, JsonNode body) {
    String action() {
      return body.get("event_action").asText();
    }

    String dedupKey() {
      return body.get("dedup_key").asText();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final IntSupplier failures;
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();

  private PagerDutyStandIn(HttpServer server, IntSupplier failures) {
    this.server = server;
    this.failures = failures;
  }

  static PagerDutyStandIn start() throws IOException {
    return start(() -> 0);
  }

  /**
   * Starts an endpoint.
   *
   * @param failures returns the status of the next answer; 0 to check the request
   */
  static PagerDutyStandIn start(IntSupplier failures) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PagerDutyStandIn standIn = new PagerDutyStandIn(server, failures);
    server.createContext("/v2/enqueue", standIn::handle);
    server.setExecutor(standIn.threads);
    server.start();
    return standIn;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%s/v2/enqueue".formatted(server.getAddress().getPort()));
  }

  List<Accepted> accepted() {
    return accepted;
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode body = MAPPER.readTree(exchange.getRequestBody());
    int status = failures.getAsInt();
    if (status == 0) {
      List<String> faults = faults(body);
      status = faults.isEmpty() ? 202 : 400;
      if (faults.isEmpty()) {
        accepted.add(new Accepted(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body));
      }
    }
    byte[] answer = "{\"status\":\"x\"}".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static List<String> faults(JsonNode body) {
    List<String> faults = new ArrayList<>();
    if (!body.path("routing_key").asText().equals(ROUTING_KEY)) {
      faults.add("routing_key");
    }
    int keyLength = body.path("dedup_key").asText().length();
    if (keyLength < 1 || keyLength > 255) {
      faults.add("dedup_key");
    }
    String action = body.path("event_action").asText();
    if (!Set.of("trigger", "acknowledge", "resolve").contains(action)) {
      faults.add("event_action");
    }
    JsonNode payload = body.path("payload");
    if (action.equals("trigger")
        && (payload.path("summary").asText().isEmpty()
            || payload.path("summary").asText().length() > 1024
            || payload.path("source").asText().isEmpty()
            || !Set.of("critical", "error", "warning", "info")
                .contains(payload.path("severity").asText()))) {
      faults.add("payload");
    }
    return faults;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
