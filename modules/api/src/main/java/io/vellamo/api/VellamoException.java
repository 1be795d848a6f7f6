package io.vellamo.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of the failures that Vellamo reports and a caller can act on.
 *
 * <p>Wrong arguments are {@link IllegalArgumentException}s and wrong phases {@link
 * IllegalStateException}s; they are not below this type. Messages say what must hold, what was
 * found in {@code [ ]} and what to do. They never hold events, rows or state.
 *
 * @since 0.1
 */
public abstract class VellamoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
   */
  protected VellamoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
