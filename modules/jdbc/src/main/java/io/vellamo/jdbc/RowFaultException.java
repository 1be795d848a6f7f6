package io.vellamo.jdbc;

import org.jspecify.annotations.Nullable;

/** An exception for a row that is not an event, with a reason that quotes no values. */
final class RowFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RowFaultException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
