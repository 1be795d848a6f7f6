package io.vellamo.checks.outages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endpoint that accepts rows, and fails at random. A request with a key that it has accepted
 * before is a repetition, which it answers but does not keep.
 */
final class HttpEndpoint implements TestedSystem {
  static final String NAME = "http";

  private static final int FAULTY_OF = 20;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY_REQUESTS = 429;

  // Guards the fields below.
  private final Object lock = new Object();
  private final List<String> rows = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final int port;
  private SplittableRandom faults = new SplittableRandom(0);
  private HttpServer server;
  private String path = "";

  private HttpEndpoint(HttpServer server) {
    this.server = server;
    this.port = server.getAddress().getPort();
  }

  static HttpEndpoint start() throws IOException {
    HttpEndpoint endpoint = new HttpEndpoint(listen(0));
    endpoint.serve();
    return endpoint;
  }

  private static HttpServer listen(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private void serve() {
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return port;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare(Addresses addresses) {
    synchronized (lock) {
      path = "/" + addresses.output();
      rows.clear();
      keys.clear();
      faults = new SplittableRandom(addresses.run().hashCode());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    synchronized (lock) {
      int fault = faults.nextInt(FAULTY_OF);
      if (fault == 0) {
        exchange.sendResponseHeaders(UNAVAILABLE, -1);
      } else if (fault == 1) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
      } else if (exchange.getRequestURI().getPath().equals(path)) {
        accept(key, body);
        if (fault != 2) {
          exchange.sendResponseHeaders(200, -1);
        }
      }
    }
    // Without an answer, this resets the connection.
    exchange.close();
  }

  private void accept(String key, String body) {
    if (!keys.contains(key)) {
      keys.add(key);
      rows.add(KafkaTopics.text(body));
    }
  }

  /** Does nothing: its query reads a file. */
  @Override
  public void add(List<SiteVisit> visits) {}

  @Override
  public void stop() {
    server.stop(0);
  }

  @Override
  public void restart() throws IOException {
    server = listen(port);
    serve();
  }

  @Override
  public List<String> rows() {
    synchronized (lock) {
      return List.copyOf(rows);
    }
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public void close() {
    stop();
  }
}
