package io.vellamo.actors.local;

import com.typesafe.config.Config;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.shard.Hosting;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.ArrayList;
import java.util.List;

/** The description of how a query runs: its shards, its journal, and the risks of both. */
final class RuntimeText {
  private RuntimeText() {}

  /**
   * Returns the lines that follow those of the query itself.
   *
   * @param config the actor system's whole configuration
   */
  static List<String> of(QuerySpec spec, QueryPlacement placement, Config config) {
    List<String> lines = new ArrayList<>();
    if (!spec.query().operators().isEmpty()) {
      lines.add(
          "shards: %d for each operator, %s, %s"
              .formatted(
                  spec.settings().shards(),
                  placement.shards(),
                  spec.settings().hosting() == Hosting.ACTOR
                      ? "with an actor for each live group"
                      : "which call their groups themselves"));
    }
    JournalOptions journal = spec.settings().journal();
    lines.add(
        "journal [%s]: %s, %s"
            .formatted(
                journal.pluginOf(config),
                journal.recordsInputs() ? "records input events" : "records no input events",
                journal.keepsHistory() ? "keeps everything" : "keeps what follows a snapshot"));
    placement.risks().forEach(risk -> lines.add("risk: " + risk));
    return lines;
  }
}
