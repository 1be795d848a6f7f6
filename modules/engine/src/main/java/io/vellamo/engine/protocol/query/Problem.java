package io.vellamo.engine.protocol.query;

import org.jspecify.annotations.Nullable;

/**
 * A description of an exception, which itself stays where it was thrown.
 *
 * @param id identifies the exception where it was thrown; 0 if there is none
 * @param text the description, for the user
 * @param unavailable the source or sink whose call is made again, by the query's policy; null if
 *     the failure is final
 */
public record Problem(long id, String text, @Nullable Unavailable unavailable) {
  /** No exception. */
  public static final Problem NONE = new Problem(0, "");

  /** Creates the description of a final failure. */
  public Problem(long id, String text) {
    this(id, text, null);
  }

  /**
   * A source or sink whose call has failed.
   *
   * @param description its description
   * @param error the class of the exception
   */
  public record Unavailable(String description, String error) {}
}
