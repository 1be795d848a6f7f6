package io.vellamo.connectors.file;

/**
 * An exception for bytes that are not the JSON of an event. The message is the reason, without the
 * contents.
 *
 * @since 0.1
 */
public final class InvalidJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidJsonException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
