package io.vellamo.api.source;

import io.vellamo.api.VellamoException;
import org.jspecify.annotations.Nullable;

/**
 * An exception for a source that can't be opened or read.
 *
 * @since 0.1
 */
public final class SourceException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String source;

  /**
   * Creates an exception.
   *
   * @param source the source's description
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
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
