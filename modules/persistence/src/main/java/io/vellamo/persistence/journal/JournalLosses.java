package io.vellamo.persistence.journal;

import io.vellamo.api.SerializationException;
import org.apache.pekko.persistence.typed.internal.JournalFailureException;

/** The distinction of failures of a journal that may pass from those that won't. */
public final class JournalLosses {
  private JournalLosses() {}

  /**
   * Returns whether a shard or inbox that failed may work if it is started again: its journal could
   * not be reached. A damaged journal, or another owner of it, stays.
   */
  public static boolean mayPass(Throwable failure) {
    if (WriteConflicts.isConflict(failure)) {
      return false;
    }
    boolean isOfTheJournal = false;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      isOfTheJournal |= each instanceof JournalFailureException;
      if (each instanceof MissingRecordsException || each instanceof SerializationException) {
        return false;
      }
    }
    return isOfTheJournal;
  }
}
