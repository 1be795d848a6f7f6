package io.vellamo.samples.run;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
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
   * @param query builds the query
   * @return the number of events that the query has processed
   * @throws io.vellamo.api.query.StreamingQueryException if the query fails
   * @throws InterruptedException if the user stops it
   * @throws IOException if the journal can't be written
   */
  public static long run(
      Terminal terminal, @Nullable Duration limit, Function<Vellamo, QueryBuilder> query)
      throws IOException, InterruptedException {
    Path journal = Files.createTempDirectory("vellamo-sample");
    try (UserStop userStop = UserStop.listen(terminal, "Stopped");
        RunningSystem system = RunningSystem.start(journal, Map.of())) {
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
    } finally {
      delete(journal);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
