package io.vellamo.samples.cluster;

import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.samples.run.RunningSystem;
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
   * @param journal an empty directory for the query's journal
   */
  static List<VisitSession> sessions(VisitLoop loop, Path journal) throws InterruptedException {
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
