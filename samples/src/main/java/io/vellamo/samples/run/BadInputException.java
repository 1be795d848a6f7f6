package io.vellamo.samples.run;

/** Something the user gave that can't be used; the message is all there is to say. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a refusal.
   *
   * @param message what must hold, what was found, what to do
   */
  public BadInputException(String message) {
    super(message);
  }
}
