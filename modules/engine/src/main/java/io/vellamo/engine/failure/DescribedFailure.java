package io.vellamo.engine.failure;

/** A failure that names the failed part of the user's program; its cause gives the reason. */
public interface DescribedFailure {
  /**
   * Returns the failure and its cause as the text of a message.
   *
   * @param words describes the cause
   */
  String describe(Failures words);
}
