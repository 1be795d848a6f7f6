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
  private final boolean isOfValue;

  /**
   * Creates a failure that every value of the class meets.
   *
   * @param className the class that could not be written or read
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
   */
  public SerializationException(String className, String message, @Nullable Throwable cause) {
    this(className, message, cause, false);
  }

  private SerializationException(
      String className, String message, @Nullable Throwable cause, boolean isOfValue) {
    super(message, cause);
    this.className = className;
    this.isOfValue = isOfValue;
  }

  /**
   * Returns a failure to write a single value; other values of its class can be written. The error
   * policy of a query applies to it as to an exception of a user's function.
   *
   * @param className the class of the value
   * @param message what must hold, what was found, what to do
   * @param cause what led to it; null when nothing did
   * @return the failure
   */
  public static SerializationException ofValue(
      String className, String message, @Nullable Throwable cause) {
    return new SerializationException(className, message, cause, true);
  }

  /**
   * Returns whether a single value can't be written, and not its class.
   *
   * @return true for a failure that the error policy of a query applies to
   */
  public boolean isOfValue() {
    return isOfValue;
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
