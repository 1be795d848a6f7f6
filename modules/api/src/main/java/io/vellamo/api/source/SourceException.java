package io.vellamo.api.source;

import io.vellamo.api.VellamoException;
import org.jspecify.annotations.Nullable;

/**
 * A source that can't be opened or read.
 *
 * @since 0.1
 */
public final class SourceException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String source;

  /**
   * Creates a failure.
   *
   * @param source the source's description
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
   */
  public SourceException(String source, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.source = source;
  }

  /**
   * Returns the source that failed.
   *
   * @return its description
   */
  public String source() {
    return source;
  }
}
