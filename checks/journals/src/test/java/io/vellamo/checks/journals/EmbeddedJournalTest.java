package io.vellamo.checks.journals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Queries on the embedded journal. */
final class EmbeddedJournalTest extends QueryJournalContract {
  EmbeddedJournalTest(@TempDir Path directory) {
    super(TestedJournals.embedded(directory.resolve("journal")));
  }
}
