package io.vellamo.api;

import org.jspecify.annotations.Nullable;

/**
 * An exception for a key, state or row that can't be written to or read from the journal.
 *
 * @since 0.1
 */
public final class SerializationException extends VellamoException {
  private static final long serialVersionUID = 1L;

  private final String className;
  private final boolean isOfValue;

  /**
   * Creates an exception that applies to every value of the class.
   *
   * @param className the class that could not be written or read
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
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
   * Returns an exception for a single value that can't be written; other values of its class can.
   * The error policy of a query applies to it as to an exception of a user's function.
   *
   * @param className the class of the value
   * @param message what must hold, what was found, and what to do
   * @param cause the cause; null if there is none
   * @return the exception
   */
  public static SerializationException ofValue(
      String className, String message, @Nullable Throwable cause) {
    return new SerializationException(className, message, cause, true);
  }

  /**
   * Returns whether the exception concerns a single value rather than its class.
   *
   * @return true if the error policy of a query applies to the exception
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
