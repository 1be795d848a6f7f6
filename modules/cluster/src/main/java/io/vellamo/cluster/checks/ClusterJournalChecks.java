package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.Optional;
import java.util.function.Predicate;

/** The check that the nodes of a cluster can share a journal. */
final class ClusterJournalChecks {
  private final ClusterSettings settings;
  private final ConfiguredJournal journal;
  private final ConfiguredJournal snapshots;

  /**
   * Creates the check of a journal.
   *
   * @param config the actor system's whole configuration
   */
  ClusterJournalChecks(Config config, ClusterSettings settings, JournalOptions options) {
    options.requireJournal(config);
    this.settings = settings;
    this.journal =
        ConfiguredJournal.of(config, options.plugin(), "pekko.persistence.journal.plugin");
    this.snapshots =
        ConfiguredJournal.of(
            config, options.snapshotPlugin(), "pekko.persistence.snapshot-store.plugin");
  }

  ConfiguredJournal journal() {
    return journal;
  }

  ConfiguredJournal snapshots() {
    return snapshots;
  }

  /**
   * Checks the journal.
   *
   * @param probe returns whether a journal that is not known refuses a second write of a number
   * @return what is at risk, if the user accepts it
   * @throws IllegalStateException if the nodes can't share the journal
   */
  Optional<String> risk(Predicate<ConfiguredJournal> probe) {
    journal.requireReachable("Journal");
    snapshots.requireReachable("Snapshot store");
    if (refusesSecondWrite(probe)) {
      return Optional.empty();
    }
    String found = "[%s] accepts it".formatted(journal.id());
    if (!settings.acceptsUnfencedJournal()) {
      throw new IllegalStateException(
          "Journal of a cluster must refuse a second write of a sequence number, %s: two nodes could write the same shard after a pause or a network failure; use a database that refuses it, such as PostgreSQL with pekko-persistence-jdbc, or accept the risk with vellamo.cluster.unfenced-journal = accept"
              .formatted(found));
    }
    return Optional.of(
        "Journal must refuse a second write of a sequence number, %s: state is at risk if a node is paused or cut off for longer than failure detection, stable-after and down-removal-margin together; use PostgreSQL with pekko-persistence-jdbc to be safe"
            .formatted(found));
  }

  private boolean refusesSecondWrite(Predicate<ConfiguredJournal> probe) {
    return switch (journal.kind()) {
      case FENCED -> true;
      case UNFENCED -> false;
      case PROXY, UNKNOWN -> probe.test(journal);
      case ON_LOCAL_DISK, IN_MEMORY -> throw new AssertionError("refused before");
    };
  }
}
