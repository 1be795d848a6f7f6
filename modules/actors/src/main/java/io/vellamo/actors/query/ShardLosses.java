package io.vellamo.actors.query;

import io.vellamo.api.SerializationException;
import io.vellamo.persistence.journal.MissingRecordsException;
import java.sql.SQLException;
import org.apache.pekko.persistence.typed.internal.JournalFailureException;

/** The distinction of failures of a shard that may pass from those that won't. */
final class ShardLosses {
  /** The class of SQL states for violated constraints, such as a sequence number that is taken. */
  private static final String INTEGRITY = "23";

  /** The embedded journal's answer to a sequence number that is taken; it is optional here. */
  private static final String CONFLICT = "SequenceConflictException";

  private ShardLosses() {}

  /**
   * Returns whether a shard that failed may work if it is started again: its journal could not be
   * reached. A damaged journal, or another owner of it, stays.
   */
  static boolean mayPass(Throwable failure) {
    boolean isOfTheJournal = false;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      isOfTheJournal |= each instanceof JournalFailureException;
      if (each instanceof MissingRecordsException
          || each instanceof SerializationException
          || each.getClass().getSimpleName().equals(CONFLICT)
          || (each instanceof SQLException sql
              && sql.getSQLState() != null
              && sql.getSQLState().startsWith(INTEGRITY))) {
        return false;
      }
    }
    return isOfTheJournal;
  }
}
