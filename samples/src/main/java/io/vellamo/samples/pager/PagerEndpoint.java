package io.vellamo.samples.pager;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vellamo.cli.terminal.Terminal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A local stand-in for PagerDuty's endpoint, which prints the events that it receives and writes
 * them to a file.
 */
final class PagerEndpoint implements AutoCloseable {
  private static final String PATH = "/v2/enqueue";
  private static final int ACCEPTED = 202;
  private static final int UNAVAILABLE = 503;

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final BufferedWriter file;
  private final Terminal terminal;
  private final int failOneIn;
  // Both guarded by this.
  private final OpenPages pages = new OpenPages();
  private long requests;

  private PagerEndpoint(HttpServer server, BufferedWriter file, Terminal terminal, int failOneIn) {
    this.server = server;
    this.file = file;
    this.terminal = terminal;
    this.failOneIn = failOneIn;
  }

  /**
   * Starts the endpoint on a free port of this machine.
   *
   * @param file receives the events as JSON Lines, after those of earlier runs
   * @param failOneIn one in so many requests is answered with 503; 0 for none
   */
  static PagerEndpoint start(Path file, Terminal terminal, int failOneIn) throws IOException {
    BufferedWriter writer =
        Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PagerEndpoint endpoint = new PagerEndpoint(server, writer, terminal, failOneIn);
    server.createContext(PATH, endpoint::handle);
    server.setExecutor(endpoint.threads);
    server.start();
    return endpoint;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  synchronized PageCounts counts() {
    return pages.counts();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = receive(mapper.readTree(exchange.getRequestBody()));
      byte[] answer = mapper.writeValueAsBytes(mapper.createObjectNode().put("status", status));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private synchronized int receive(JsonNode event) throws IOException {
    requests++;
    if (failOneIn > 0 && requests % failOneIn == 0) {
      terminal.print("  answered one request with 503; it will be sent again");
      return UNAVAILABLE;
    }
    terminal.print(pages.receive(event));
    file.write(mapper.writeValueAsString(withoutRoutingKey(event)));
    file.write('\n');
    file.flush();
    return ACCEPTED;
  }

  private static JsonNode withoutRoutingKey(JsonNode event) {
    return event instanceof ObjectNode object ? object.without("routing_key") : event;
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    file.close();
  }
}
