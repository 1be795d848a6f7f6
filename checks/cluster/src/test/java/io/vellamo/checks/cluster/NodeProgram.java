package io.vellamo.checks.cluster;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.jdbc.JdbcDatabase;
import io.vellamo.jdbc.JdbcSink;
import io.vellamo.servers.PostgreSqlServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * A node: the same program on each, which defines the query and starts it.
 *
 * <p>Argument: {@link NodeSettings} as JSON. Prints a {@link NodeReport} when something has
 * changed. Leaves and ends once its input does; ends with exit code 3 if the query fails.
 */
final class NodeProgram {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int EVENTS_PER_EPOCH = 200;

  private final NodeSettings settings;
  private final ActorSystem<Done> system;
  private final CountingSink<RunningTotal> sink;
  private final @Nullable Cluster cluster;
  private NodeReport reported = NodeReport.NONE;

  private NodeProgram(NodeSettings settings) {
    this.settings = settings;
    this.system = ActorSystem.create(Behaviors.empty(), NodeSettings.SYSTEM, settings.config());
    this.sink = CountingSink.around(table());
    this.cluster = settings.provider().equals("cluster") ? Cluster.get(system) : null;
  }

  /** Runs the query until the input ends. */
  public static void main(String[] arguments) {
    NodeProgram node = new NodeProgram(NodeSettings.parse(arguments[0]));
    int exit = 0;
    try {
      node.run();
    } catch (Exception e) {
      e.printStackTrace(System.out);
      node.report(node.reported.failed(String.valueOf(e.getMessage())));
      exit = 3;
    }
    node.system.terminate();
    node.system.getWhenTerminated().toCompletableFuture().join();
    System.exit(exit);
  }

  private void run() throws Exception {
    StreamingQuery query =
        Vellamo.get(system)
            .query(settings.query())
            .from(VisitSource.releasedBy(Path.of(settings.released())))
            .groupByKey(CountedVisit::visitor, String.class)
            .flatMapGroupsWithState(
                OutputMode.UPDATE,
                GroupStateTimeout.NONE,
                RunningTotal.Visits.class,
                (visitor, next, visits) ->
                    RunningTotal.rows(
                        next, visits.optional().orElse(RunningTotal.Visits.NONE), visits::update))
            .to(sink)
            .maxEventsPerEpoch(EVENTS_PER_EPOCH)
            .retry(
                RetryPolicy.of(
                    Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(5)))
            .start();
    CompletableFuture<Void> end = endOfInput();
    // Throws the failure of a query that has ended.
    while (!end.isDone() && !query.awaitTermination(LOOK)) {
      NodeReport now = look(query);
      if (!now.equals(reported)) {
        report(now);
      }
    }
  }

  private JdbcSink<RunningTotal> table() {
    JdbcDatabase database = JdbcDatabase.at(settings.tableUrl(), PostgreSqlServer.USER, "");
    return JdbcSink.insert(database, settings.query(), RecordColumns.of(RunningTotal.class))
        .createEpochsTable();
  }

  private NodeReport look(StreamingQuery query) {
    Map<Integer, String> members = new HashMap<>();
    Member oldest = null;
    if (cluster != null) {
      for (Member member : cluster.state().getMembers()) {
        members.put(port(member), member.status().toString());
        if (oldest == null || member.isOlderThan(oldest)) {
          oldest = member;
        }
      }
    }
    return new NodeReport(
        query.lastProgress().map(StreamingQueryProgress::epoch).orElse(0L),
        sink.rows(),
        members,
        oldest == null ? 0 : port(oldest),
        query.status().outage().isPresent(),
        null);
  }

  private static int port(Member member) {
    return member.address().getPort().orElseThrow();
  }

  private void report(NodeReport now) {
    reported = now;
    System.out.println(now.line());
  }

  /** Completes when the parent closes the input, or ends. */
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
