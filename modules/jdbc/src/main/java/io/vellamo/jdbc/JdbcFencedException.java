package io.vellamo.jdbc;

import io.vellamo.api.VellamoException;

/**
 * An exception for a writer whose query has been opened by another process since: its rows are
 * refused, and the other writer goes on.
 *
 * @since 0.1
 */
public final class JdbcFencedException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String sink;
  private final long epoch;

  JdbcFencedException(String sink, long epoch, String message) {
    super(message, null);
    this.sink = sink;
    this.epoch = epoch;
  }

  /**
   * Returns the sink.
   *
   * @return its description
   */
  public String sink() {
    return sink;
  }

  /**
   * Returns the epoch whose rows were refused.
   *
   * @return its number
   */
  public long epoch() {
    return epoch;
  }
}
