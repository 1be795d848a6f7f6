package io.vellamo.jdbc;

import io.vellamo.api.RetryableException;
import io.vellamo.api.VellamoException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a source's or sink's database, by SQLState: those that are likely to pass are
 * {@link RetryableException}.
 *
 * <p>Messages of drivers quote statements with their values, so neither they nor the exceptions
 * that hold them are passed on. The stack trace is.
 *
 * @param what the source or sink, such as {@code sink [Jdbc[sessions]]}
 * @param permanent creates the exception for a failure that doesn't pass, from message and cause
 */
record SqlFailures(String what, BiFunction<String, Throwable, VellamoException> permanent) {
  /** Connection failures, rolled back transactions, lack of resources. */
  private static final Set<String> RETRYABLE_CLASSES = Set.of("08", "40", "53");

  /**
   * Canceled by a time-out; a lock that is taken; shutdown, crash and start of the server, in
   * PostgreSQL; a time-out in the standard's words.
   */
  private static final Set<String> RETRYABLE_STATES =
      Set.of("57014", "55P03", "57P01", "57P02", "57P03", "HYT00", "HYT01");

  /** Returns the exception for a failure of a statement or commit. */
  VellamoException of(String step, SQLException failure) {
    String state = stateOf(failure);
    SQLException withheld = withoutMessage(failure, state);
    if (isRetryable(failure, state)) {
      return new RetryableException(
          "Database of %s must be available for %s, failed with SQLState [%s]; if this does not pass, check the server"
              .formatted(what, step, state),
          withheld);
    }
    return permanent.apply(
        "Database of %s must accept the statements of %s, failed with SQLState [%s] (%s); correct the statement, mapping or table"
            .formatted(what, step, state, meaning(state)),
        withheld);
  }

  /** Returns the exception for a connection that can't be had; its message quotes no values. */
  VellamoException ofConnecting(SQLException failure) {
    String state = stateOf(failure);
    if (isRetryable(failure, state)) {
      return new RetryableException(
          "Database of %s must be reachable, failed with SQLState [%s]; if this does not pass, check address and server"
              .formatted(what, state),
          failure);
    }
    return permanent.apply(
        "Database of %s must accept a connection, failed with SQLState [%s] (%s); check address, user and password"
            .formatted(what, state, meaning(state)),
        failure);
  }

  private static boolean isRetryable(SQLException failure, String state) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && hasPermanentState(sql)) {
        return false;
      }
    }
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || RETRYABLE_STATES.contains(state)
        || RETRYABLE_CLASSES.contains(classOf(state));
  }

  /** A pool reports a wrong password as a time-out, with the server's answer as the cause. */
  private static boolean hasPermanentState(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return Set.of("28", "3D").contains(classOf(state));
  }

  /** The state of a batch's failure, or of the first failure behind it that has one. */
  private static String stateOf(SQLException failure) {
    for (Throwable at = failure; at != null; at = next(at)) {
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "none";
  }

  private static @Nullable Throwable next(Throwable failure) {
    return failure instanceof SQLException sql && sql.getNextException() != null
        ? sql.getNextException()
        : failure.getCause();
  }

  private static String classOf(String state) {
    return state.length() < 2 ? state : state.substring(0, 2);
  }

  private static String meaning(String state) {
    return switch (classOf(state)) {
      case "22" -> "a value does not fit its column";
      case "23" -> "a constraint of the table is violated";
      case "28" -> "user or password";
      case "3D" -> "no such database";
      case "42" -> "syntax, name or permission";
      default -> "see the database's documentation";
    };
  }

  private static SQLException withoutMessage(SQLException failure, String state) {
    SQLException withheld =
        new SQLException(
            "[%s], whose message is withheld as it may quote rows"
                .formatted(failure.getClass().getName()),
            state,
            failure.getErrorCode());
    withheld.setStackTrace(failure.getStackTrace());
    return withheld;
  }
}
