package io.vellamo.engine.failure;

/** A failure that says where something of the user's failed, and leaves the why to its cause. */
public interface DescribedFailure {
  /**
   * Returns the failure with its cause, as a message tells it.
   *
   * @param words words the cause
   */
  String describe(Failures words);
}
