package io.vellamo.samples.cluster;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.dashboard.DashboardSettings;
import io.vellamo.dashboard.VellamoDashboard;
import io.vellamo.jdbc.JdbcDatabase;
import io.vellamo.jdbc.JdbcSink;
import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.LoggerFactory;

/**
 * The program of a node: it defines the query and starts it, as all other nodes do.
 *
 * <p>Argument: {@link NodeArguments} as JSON. Prints a {@link NodeStatus} when something has
 * changed. Leaves and ends once its input does; ends with exit code 3 if the query fails, and with
 * {@link #QUERY_REFUSED} if it can't start.
 */
public final class SessionNode {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int QUERY_FAILED = 3;

  /** The exit code of a node on which the query can't start, however often it is tried. */
  static final int QUERY_REFUSED = 4;

  private final NodeArguments arguments;
  private final ActorSystem<Done> system;
  private final ShardRowCounts<VisitSession> sink;
  private final Terminal terminal = Terminal.system();

  private SessionNode(NodeArguments arguments) {
    this.arguments = arguments;
    this.system = ActorSystem.create(Behaviors.empty(), NodeArguments.SYSTEM, arguments.config());
    this.sink =
        new ShardRowCounts<>(
            JdbcSink.insert(
                    JdbcDatabase.at(arguments.jdbcUrl(), PostgreSqlServer.USER, ""),
                    SessionTable.NAME,
                    RecordColumns.of(VisitSession.class))
                .createEpochsTable());
  }

  /**
   * Runs a node until its input ends.
   *
   * @param arguments the arguments as JSON
   */
  public static void main(String[] arguments) {
    // First: otherwise threads of the actor system initialize logging concurrently, and SLF4J
    // prints warnings.
    LoggerFactory.getILoggerFactory();
    SessionNode node = new SessionNode(JsonLine.read(arguments[0], NodeArguments.class));
    int exit;
    try {
      exit = node.run();
    } catch (Exception e) {
      node.terminal.error(String.valueOf(e));
      exit = QUERY_FAILED;
    }
    node.system.terminate();
    node.system.getWhenTerminated().toCompletableFuture().join();
    System.exit(exit);
  }

  private int run() throws InterruptedException {
    StreamingQuery query;
    try {
      startDashboard();
      query = SessionQuery.define(Vellamo.get(system), arguments.source(), sink).start();
    } catch (IllegalStateException | UncheckedIOException e) {
      terminal.error(String.valueOf(e));
      return QUERY_REFUSED;
    }
    CompletableFuture<Void> end = endOfInput();
    NodeStatus printed = NodeStatus.STARTING;
    // Throws the failure of a query that has ended.
    while (!end.isDone() && !query.awaitTermination(LOOK)) {
      NodeStatus now = new NodeStatus(state(), sink.rows());
      if (!now.equals(printed)) {
        terminal.print(now.line());
        printed = now;
      }
    }
    return 0;
  }

  private void startDashboard() {
    Integer port = arguments.dashboard();
    if (port != null) {
      VellamoDashboard.start(
          system,
          DashboardSettings.from(system.settings().config()).withPort(port).withShowData(true));
    }
  }

  private String state() {
    return arguments.isClustered()
        ? Cluster.get(system).selfMember().status().toString().toLowerCase(Locale.ROOT)
        : NodeStatus.UP;
  }

  /** Completes when the sample closes the input, or ends. */
  private static CompletableFuture<Void> endOfInput() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (InputStream input = System.in) {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As if it had ended.
              }
              end.complete(null);
            },
            "input");
    reader.setDaemon(true);
    reader.start();
    return end;
  }
}
