package io.vellamo.samples.cluster;

import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.samples.run.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same query on one node that nothing disturbs, with all visits at once. */
final class SingleNode {
  private SingleNode() {}

  /**
   * Returns the sessions of a loop.
   *
   * @param loop the visits
   * @param parent a directory, in which the query has its journal meanwhile
   */
  static List<VisitSession> sessions(VisitLoop loop, Path parent)
      throws IOException, InterruptedException {
    Path journal = Files.createTempDirectory(parent, "single-node");
    try {
      return sessionsWithJournal(loop, journal);
    } finally {
      delete(journal);
    }
  }

  private static List<VisitSession> sessionsWithJournal(VisitLoop loop, Path journal)
      throws InterruptedException {
    MemorySink<VisitSession> sink = MemorySink.create();
    try (RunningSystem system = RunningSystem.start(journal, Map.of())) {
      SessionQuery.define(system.vellamo(), LoopingSource.atOnce(loop), sink)
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    }
    return sink.rows();
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
