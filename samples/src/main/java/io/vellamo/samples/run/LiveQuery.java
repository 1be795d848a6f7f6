package io.vellamo.samples.run;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run of a query whose input does not end, on its own actor system. The journal is in a temporary
 * directory: a later run begins without the events that it has missed.
 */
public final class LiveQuery {
  private LiveQuery() {}

  /**
   * Runs a query until its time is over.
   *
   * @param terminal is told that the user has stopped the query
   * @param limit the time to run; null for no end
   * @param dashboard whether and where the query is shown
   * @param query builds the query
   * @return the number of events that the query has processed
   * @throws io.vellamo.api.query.StreamingQueryException if the query fails
   * @throws InterruptedException if the user stops it
   * @throws IOException if the journal can't be written
   */
  public static long run(
      Terminal terminal,
      @Nullable Duration limit,
      DashboardOption dashboard,
      Function<Vellamo, QueryBuilder> query)
      throws IOException, InterruptedException {
    try (TemporaryDirectory journal = TemporaryDirectory.create();
        UserStop userStop = UserStop.listen(terminal, "Stopped");
        RunningSystem system = RunningSystem.start(journal.path(), Map.of())) {
      dashboard.show(system, terminal);
      StreamingQuery started = query.apply(system.vellamo()).start();
      userStop.stops(started);
      if (limit == null) {
        started.awaitTermination();
      } else if (!started.awaitTermination(limit)) {
        started.stop();
        started.awaitTermination();
      }
      userStop.requireNone();
      return started.lastProgress().map(progress -> progress.total().input()).orElse(0L);
    }
  }
}
