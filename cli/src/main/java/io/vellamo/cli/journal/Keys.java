package io.vellamo.cli.journal;

import io.vellamo.persistence.replay.KeySearch;
import io.vellamo.persistence.replay.ReplayKey;

/** Finds the key that a user typed, or says which there are. */
final class Keys {
  private Keys() {}

  static ReplayKey find(JournalAccess journal, String query, String text) {
    KeySearch search = journal.ask(replay -> replay.findKey(query, text));
    ReplayKey key = search.key();
    if (key == null) {
      String similar =
          search.similar().isEmpty()
              ? "see bin/vellamo journal list %s --prefix for the keys there are".formatted(query)
              : "similar keys are %s".formatted(search.similar());
      throw new BadUsageException(
          "KEY must be that of a group of query [%s] in this journal, found none for [%s]; %s"
              .formatted(query, text, similar));
    }
    return key;
  }
}
