package io.vellamo.api;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of the exceptions that Vellamo reports and that a caller can act on.
 *
 * <p>Invalid arguments are reported as {@link IllegalArgumentException} and calls in the wrong
 * state as {@link IllegalStateException}, which are not subclasses of this type. Messages say what
 * must hold, what was found, in {@code [ ]}, and what to do. They never contain events, rows or
 * state.
 *
 * @since 0.1
 */
public abstract class VellamoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
   */
  protected VellamoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
