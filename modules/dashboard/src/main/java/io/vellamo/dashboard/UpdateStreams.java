package io.vellamo.dashboard;

import com.sun.net.httpserver.HttpExchange;
import io.vellamo.dashboard.LiveUpdates.Update;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The streams of server-sent events, one for each client that listens. While nothing changes, they
 * send a comment every 15 seconds, and nothing else.
 */
final class UpdateStreams {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Below the idle time after which proxies usually close a connection; finds closed tabs. */
  private static final int LOOKS_OF_HEARTBEAT = 3;

  private final LiveUpdates updates;
  private final StatusComparison comparison;
  private final Semaphore free;
  private final int max;
  private final Duration interval;

  UpdateStreams(LiveUpdates updates, StatusComparison comparison, DashboardSettings settings) {
    this.updates = updates;
    this.comparison = comparison;
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
    comparison.look();
    int idleLooks = 0;
    do {
      List<Update> changes = updates.after(seen, LOOK);
      if (changes.isEmpty()) {
        comparison.look();
        idleLooks++;
        if (idleLooks % LOOKS_OF_HEARTBEAT == 0) {
          write(out, ": idle\n\n");
        }
      } else {
        idleLooks = 0;
        StringBuilder text = new StringBuilder();
        for (Update change : changes) {
          text.append(change.text());
          seen = change.version();
        }
        write(out, text.toString());
      }
    } while (updates.pause(interval));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
