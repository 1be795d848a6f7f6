package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord;
import java.util.function.UnaryOperator;

/** A journal whose recoveries read other records than were written. */
final class ChangedRecovery extends SimulatedJournal {
  private final UnaryOperator<JournalRecord> change;

  /**
   * Creates an empty journal.
   *
   * @param change returns what a recovery reads in place of a record
   */
  ChangedRecovery(UnaryOperator<JournalRecord> change) {
    this.change = change;
  }

  @Override
  public Recovery read(String log) {
    Recovery read = super.read(log);
    return new Recovery(read.records().stream().map(change).toList(), read.lastSequenceNr());
  }
}
