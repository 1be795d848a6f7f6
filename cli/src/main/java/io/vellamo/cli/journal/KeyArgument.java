package io.vellamo.cli.journal;

import io.vellamo.replay.KeySearch;
import io.vellamo.replay.ReplayKey;
import java.util.List;

/** A search for the keys that a typed text denotes. */
final class KeyArgument {
  private KeyArgument() {}

  /**
   * Returns the matching keys of the query's operators, at least one; if there are none, fails with
   * similar keys.
   */
  static List<ReplayKey> find(JournalAccess journal, String query, String text) {
    KeySearch search = journal.ask(replay -> replay.findKey(query, text));
    if (search.keys().isEmpty()) {
      String similar =
          search.similar().isEmpty()
              ? "see bin/vellamo journal list %s --prefix for the keys there are".formatted(query)
              : "similar keys are %s".formatted(search.similar());
      throw new BadUsageException(
          "KEY must be that of a group of query [%s] in this journal, found none for [%s]; %s"
              .formatted(query, text, similar));
    }
    return search.keys();
  }
}
