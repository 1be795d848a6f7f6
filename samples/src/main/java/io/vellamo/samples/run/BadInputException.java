package io.vellamo.samples.run;

/** An option or file of the user that can't be used; the message says everything. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the requirement, the value found, and the remedy
   */
  public BadInputException(String message) {
    super(message);
  }
}
