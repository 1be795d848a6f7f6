package io.vellamo.persistence.journal;

import java.sql.SQLException;

/**
 * The recognition of writes that a journal has refused because their sequence number is taken: a
 * newer owner writes under the same persistence id.
 */
public final class WriteConflicts {
  /** The class of SQL states for violated constraints, such as a sequence number that is taken. */
  private static final String INTEGRITY = "23";

  /** The embedded journal's answer to a sequence number that is taken; it is optional here. */
  private static final String CONFLICT = "SequenceConflictException";

  private WriteConflicts() {}

  /**
   * Returns whether a journal refused a write because its sequence number is taken. Journals other
   * than the embedded one and those with JDBC may refuse a write in a way that is not recognized.
   *
   * @param failure the failure of a write, with its causes
   */
  public static boolean isConflict(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each.getClass().getSimpleName().equals(CONFLICT)
          || (each instanceof SQLException sql && violatesConstraint(sql))) {
        return true;
      }
    }
    return false;
  }

  private static boolean violatesConstraint(SQLException failure) {
    // A driver reports a batch with one failure, and chains those of its statements.
    for (SQLException each = failure; each != null; each = each.getNextException()) {
      if (each.getSQLState() != null && each.getSQLState().startsWith(INTEGRITY)) {
        return true;
      }
    }
    return false;
  }
}
