package io.vellamo.cli.journal;

/** Something the user gave that can't be used; the message is all there is to say. */
public final class BadUsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a refusal.
   *
   * @param message what must hold, what was found, what to do
   */
  public BadUsageException(String message) {
    super(message);
  }
}
