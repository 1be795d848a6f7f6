package io.vellamo.api.sink;

import io.vellamo.api.VellamoException;
import org.jspecify.annotations.Nullable;

/**
 * An exception for a sink that can't be opened or written.
 *
 * @since 0.1
 */
public final class SinkException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String sink;

  /**
   * Creates an exception.
   *
   * @param sink the sink's description
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
   */
  public SinkException(String sink, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.sink = sink;
  }

  /**
   * Returns the sink that failed.
   *
   * @return its description
   */
  public String sink() {
    return sink;
  }
}
