package io.vellamo.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The translation between HTTP and the dashboard: checks a request, answers it, sets headers. */
final class DashboardHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardHandler.class);
  private static final List<String> UPDATES = List.of("api", "events");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final RequestGuard guard;
  private final HttpRouter router;
  private final UpdateStreams streams;

  DashboardHandler(RequestGuard guard, HttpRouter router, UpdateStreams streams) {
    this.guard = guard;
    this.router = router;
    this.streams = streams;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      secure(exchange.getResponseHeaders());
      DashboardRequest request;
      try {
        guard.check(exchange);
        request = DashboardRequest.of(exchange);
        if (request.method().equals("GET") && request.path().equals(UPDATES)) {
          streams.serve(exchange);
          return;
        }
      } catch (RequestException e) {
        send(exchange, HttpAnswer.error(e));
        return;
      }
      if (redirectsToDirectory(exchange)) {
        return;
      }
      send(exchange, answer(request));
    }
  }

  private HttpAnswer answer(DashboardRequest request) {
    try {
      if (request.method().equals("GET") && request.path().size() == 1) {
        String name = request.path().get(0);
        HttpAnswer file = PageFiles.find(name.isEmpty() ? "index.html" : name);
        if (file != null) {
          return file;
        }
      }
      return router.answer(request);
    } catch (RequestException e) {
      return HttpAnswer.error(e);
    } catch (RuntimeException e) {
      // Its message may hold keys or states, which only the log may show.
      LOG.warn("The dashboard can't answer [{}]", request.method(), e);
      return HttpAnswer.json(
          500,
          Json.object()
              .put("status", 500)
              .put("error", "The dashboard failed with [%s]; see the log".formatted(e.getClass())));
    }
  }

  /** Adds the slash without which the page's relative addresses miss the path of the mount. */
  private static boolean redirectsToDirectory(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.endsWith("/") || !path.equals(exchange.getHttpContext().getPath())) {
      return false;
    }
    exchange.getResponseHeaders().set("Location", path + "/");
    exchange.sendResponseHeaders(308, -1);
    return true;
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
