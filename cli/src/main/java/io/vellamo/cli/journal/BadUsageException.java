package io.vellamo.cli.journal;

/** Refusal of invalid input of the user; the message is the full explanation. */
public final class BadUsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a refusal.
   *
   * @param message the requirement, what was found instead, and the remedy
   */
  public BadUsageException(String message) {
    super(message);
  }
}
