package io.vellamo.engine.protocol.query;

/**
 * A description of an exception, which itself stays where it was thrown.
 *
 * @param id identifies the exception where it was thrown; 0 if there is none
 * @param text the description, for the user
 */
public record Problem(long id, String text) {
  /** No exception. */
  public static final Problem NONE = new Problem(0, "");
}
