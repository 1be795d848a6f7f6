package io.vellamo.samples.cluster;

import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.samples.run.RunningSystem;
import io.vellamo.samples.run.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    try (TemporaryDirectory journal = TemporaryDirectory.in(parent, "single-node")) {
      return sessionsWithJournal(loop, journal.path());
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
}
