package io.vellamo.persistence.journal;

import io.vellamo.api.SerializationException;
import java.sql.SQLException;
import org.apache.pekko.persistence.typed.internal.JournalFailureException;

/** The distinction of failures of a journal that may pass from those that won't. */
public final class JournalLosses {
  /** The class of SQL states for violated constraints, such as a sequence number that is taken. */
  private static final String INTEGRITY = "23";

  /** The embedded journal's answer to a sequence number that is taken; it is optional here. */
  private static final String CONFLICT = "SequenceConflictException";

  private JournalLosses() {}

  /**
   * Returns whether a shard or inbox that failed may work if it is started again: its journal could
   * not be reached. A damaged journal, or another owner of it, stays.
   */
  public static boolean mayPass(Throwable failure) {
    boolean isOfTheJournal = false;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      isOfTheJournal |= each instanceof JournalFailureException;
      if (each instanceof MissingRecordsException
          || each instanceof SerializationException
          || isConflict(each)) {
        return false;
      }
    }
    return isOfTheJournal;
  }

  /**
   * Returns whether the journal has refused a write because another owner has taken its sequence
   * number.
   */
  public static boolean hasOtherOwner(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (isConflict(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConflict(Throwable failure) {
    return failure.getClass().getSimpleName().equals(CONFLICT)
        || (failure instanceof SQLException sql
            && sql.getSQLState() != null
            && sql.getSQLState().startsWith(INTEGRITY));
  }
}
