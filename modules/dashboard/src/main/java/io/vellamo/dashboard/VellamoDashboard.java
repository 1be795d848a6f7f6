package io.vellamo.dashboard;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.replay.JournalReplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * A page that shows the queries of an actor system, with a REST interface, live updates and a
 * Prometheus endpoint.
 *
 * <pre>{@code
 * VellamoDashboard dashboard = VellamoDashboard.start(system);
 * System.out.println(dashboard.address()); // http://127.0.0.1:7474/
 * }</pre>
 *
 * <p>An application that has an HTTP server mounts {@link #handler} in it instead.
 *
 * <p><b>Threading</b> Safe to share. Requests are answered by threads of the dashboard, never by
 * those of queries.
 *
 * <p><b>Failure</b> A failed request leaves queries alone. The dashboard ends with its actor
 * system.
 *
 * <p><b>Cost</b> Nothing while nobody asks, except for one listener, which keeps the last report of
 * each query. Each client that receives live updates takes a thread; while there are any, the
 * health of the queries is determined every five seconds. A query that is idle causes no other
 * work.
 *
 * @since 0.1
 */
public final class VellamoDashboard implements AutoCloseable {
  /** Requests beyond this number wait for a thread in the operating system's backlog. */
  private static final int THREADS_FOR_ANSWERS = 16;

  private final StreamingQueryManager queries;
  private final EndedQueries ended = new EndedQueries();
  private final LiveUpdates updates;
  private final HttpHandler handler;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  private VellamoDashboard(ActorSystem<?> system, DashboardSettings settings) {
    queries = Vellamo.get(system).queries();
    Disclosure disclosure = new Disclosure(settings.showData());
    updates = new LiveUpdates(disclosure);
    handler =
        new DashboardHandler(
            new RequestGuard(settings),
            DashboardRoutes.create(queries, ended, settings, () -> JournalReplay.on(system)),
            new UpdateStreams(
                updates,
                new StatusComparison(queries, disclosure, updates::statusChanged),
                settings));
    queries.addListener(ended);
    queries.addListener(updates);
    var unused =
        system
            .getWhenTerminated()
            .whenComplete(
                (done, failure) -> {
                  close();
                });
  }

  /**
   * Starts a dashboard with the settings of the actor system's configuration.
   *
   * @param system the actor system whose queries are shown
   * @return a dashboard that listens
   * @throws IllegalArgumentException if a setting is out of range
   * @throws UncheckedIOException if the address can't be bound
   */
  public static VellamoDashboard start(ActorSystem<?> system) {
    return start(system, DashboardSettings.from(system.settings().config()));
  }

  /**
   * Starts a dashboard.
   *
   * @param system the actor system whose queries are shown
   * @param settings where it listens, and what it shows
   * @return a dashboard that listens
   * @throws UncheckedIOException if the address can't be bound
   */
  public static VellamoDashboard start(ActorSystem<?> system, DashboardSettings settings) {
    requireNonNull(settings, "settings");
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "vellamo.dashboard.host and port must be free to bind, were [%s:%s]; choose another port, or 0"
              .formatted(settings.host(), settings.port()),
          e);
    }
    VellamoDashboard dashboard = new VellamoDashboard(system, settings);
    dashboard.serve(server, threads(settings.maxStreams()));
    return dashboard;
  }

  /**
   * Returns a dashboard that listens nowhere, for an HTTP server of the application's own: mount
   * its {@link #handler}.
   *
   * @param system the actor system whose queries are shown
   * @param settings what it shows; host and port are ignored, except that the host is an allowed
   *     one
   * @return a dashboard to mount
   */
  public static VellamoDashboard unbound(ActorSystem<?> system, DashboardSettings settings) {
    return new VellamoDashboard(system, requireNonNull(settings, "settings"));
  }

  private void serve(HttpServer bound, ExecutorService threads) {
    this.threads = threads;
    this.server = bound;
    bound.createContext("/", handler);
    bound.setExecutor(threads);
    bound.start();
  }

  private static ExecutorService threads(int streams) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        2,
        THREADS_FOR_ANSWERS + streams,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "vellamo-dashboard-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Returns the handler of all requests. It answers below the path of the context that it is
   * mounted at; the server needs more threads than {@code vellamo.dashboard.max-streams}.
   *
   * @return a handler for {@link HttpServer#createContext(String, HttpHandler)}
   */
  public HttpHandler handler() {
    return handler;
  }

  /**
   * Returns the address of the page.
   *
   * @return the address, with the port that was bound
   * @throws IllegalStateException if the dashboard listens nowhere
   */
  public URI address() {
    if (server == null) {
      throw new IllegalStateException(
          "An address needs a dashboard that listens, this one was made to be mounted; use start");
    }
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%s/".formatted(host.contains(":") ? "[" + host + "]" : host, bound.getPort()));
  }

  /** Ends the dashboard: closes its streams, stops listening. Has no effect if it has ended. */
  @Override
  public void close() {
    queries.removeListener(ended);
    queries.removeListener(updates);
    updates.close();
    if (server != null) {
      server.stop(0);
    }
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
