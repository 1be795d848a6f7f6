package io.vellamo.api.query;

import io.vellamo.api.VellamoException;
import org.jspecify.annotations.Nullable;

/**
 * The failure that ended a query. The message names the query, the epoch and, where they are known,
 * key and source position.
 *
 * @since 0.1
 */
public final class StreamingQueryException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String queryName;
  private final long epoch;

  /**
   * Creates an exception.
   *
   * @param queryName the query's name
   * @param epoch the epoch that failed, or 0 if none had begun
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
   */
  public StreamingQueryException(
      String queryName, long epoch, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.queryName = queryName;
    this.epoch = epoch;
  }

  /**
   * Returns the query's name.
   *
   * @return the name given to {@code query(name)}
   */
  public String queryName() {
    return queryName;
  }

  /**
   * Returns the epoch that failed; a restart runs it again with the same input.
   *
   * @return its number, or 0 if none had begun
   */
  public long epoch() {
    return epoch;
  }
}
