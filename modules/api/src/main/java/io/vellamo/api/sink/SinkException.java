package io.vellamo.api.sink;

import io.vellamo.api.VellamoException;
import org.jspecify.annotations.Nullable;

/**
 * A sink that can't be opened or written.
 *
 * @since 0.1
 */
public final class SinkException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String sink;

  /**
   * Creates a failure.
   *
   * @param sink the sink's description
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
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
