package io.vellamo.checks.journals;

import java.util.List;
import java.util.SplittableRandom;

/** Runs a query in JVMs of its own, and kills them with SIGKILL. */
final class KilledQuery {
  private static final int EVENTS_PER_EPOCH = 60;

  /** What an epoch changes in a shard takes several records and writes, to be killed between. */
  private static final String IN_PARTS =
      "vellamo.journal { max-record-size = 4 KiB, max-write-size = 8 KiB }";

  private final SessionQuery query;
  private final KilledProgram program;

  KilledQuery(SessionQuery query, TestedJournal journal) {
    this.query = query;
    this.program =
        new KilledProgram(
            SessionQuery.class,
            List.of(query.name(), query.directory().toString(), Integer.toString(EVENTS_PER_EPOCH)),
            query.directory(),
            TestSystem.settings(journal, IN_PARTS));
  }

  /**
   * Runs the query until it has written the rows of some epochs more and a random moment has
   * passed, and kills it then.
   */
  void runAndKill(int epochs, SplittableRandom random) throws Exception {
    program.runAndKill(query::epochsWithRows, epochs, random);
  }

  /** Runs the query to its end. */
  void runToTheEnd() throws Exception {
    program.runToTheEnd();
  }
}
