package io.vellamo.api;

import org.jspecify.annotations.Nullable;

/**
 * An exception for an external system that can't be reached or is overloaded, so that the same call
 * may succeed later.
 *
 * <p>A source or sink throws it instead of {@link io.vellamo.api.source.SourceException} or {@link
 * io.vellamo.api.sink.SinkException} when the failure is likely to pass without any change to the
 * query: a refused connection, a time-out, a rejection because of load. A malformed statement or a
 * missing table is not retryable.
 *
 * @since 0.1
 */
public final class RetryableException extends VellamoException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what must hold, what was found, and what to do if it doesn't pass
   * @param cause the failure of the external system; null if there is none
   */
  public RetryableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
