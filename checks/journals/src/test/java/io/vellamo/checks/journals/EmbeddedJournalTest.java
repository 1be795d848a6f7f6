package io.vellamo.checks.journals;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Queries on the embedded journal. */
final class EmbeddedJournalTest extends QueryJournalContract {
  EmbeddedJournalTest(@TempDir Path directory) {
    super(journal(directory));
  }

  private static TestedJournal journal(Path directory) {
    return new TestedJournal(
        ConfigFactory.parseString(
            """
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(directory.resolve("journal"))),
        "vellamo.embedded-journal.read-journal");
  }
}
