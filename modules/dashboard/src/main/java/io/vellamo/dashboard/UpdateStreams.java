package io.vellamo.dashboard;

import com.sun.net.httpserver.HttpExchange;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.dashboard.LiveUpdates.Update;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The streams of server-sent events, one for each client that listens. */
final class UpdateStreams {
  /** Below the idle time after which proxies usually close a connection; finds closed tabs. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final LiveUpdates updates;
  private final Disclosure disclosure;
  private final Semaphore free;
  private final int max;
  private final Duration interval;

  UpdateStreams(LiveUpdates updates, Disclosure disclosure, DashboardSettings settings) {
    this.updates = updates;
    this.disclosure = disclosure;
    this.max = settings.maxStreams();
    this.free = new Semaphore(max);
    this.interval = settings.updateInterval();
  }

  /**
   * Sends updates until the client goes away.
   *
   * @throws RequestException if too many clients listen
   */
  void serve(HttpExchange exchange) throws IOException {
    if (!free.tryAcquire()) {
      throw RequestException.unavailable(
          "At most [%s] clients can receive live updates; close one, or raise vellamo.dashboard.max-streams"
              .formatted(max));
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      send(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    // All present updates first, so that none between the page's first request and this is missed.
    long seen = 0;
    write(out, "retry: 1000\n: connected\n\n");
    do {
      List<Update> changes = updates.after(seen, HEARTBEAT);
      StringBuilder text = new StringBuilder(changes.isEmpty() ? ": idle\n\n" : "");
      for (Update change : changes) {
        text.append(event(change));
        seen = change.version();
      }
      write(out, text.toString());
    } while (updates.pause(interval));
  }

  private String event(Update update) {
    Object body =
        update.body() instanceof StreamingQueryProgress progress
            ? disclosure.progress(progress)
            : Json.object().put("query", update.query()).put("state", update.body().toString());
    return "event: %s\ndata: %s\n\n".formatted(update.kind(), Json.write(body));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
