package io.vellamo.api;

import org.jspecify.annotations.Nullable;

/**
 * A key, state or row that can't be written to or read from the journal.
 *
 * @since 0.1
 */
public final class SerializationException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String className;

  /**
   * Creates a failure.
   *
   * @param className the class that could not be written or read
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
   */
  public SerializationException(String className, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.className = className;
  }

  /**
   * Returns the class that could not be written or read.
   *
   * @return its fully qualified name
   */
  public String className() {
    return className;
  }
}
