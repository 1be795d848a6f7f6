package io.vellamo.api.sink;

/**
 * Where the rows of a query go.
 *
 * <p><b>Threading</b> A sink describes; {@link #open} gives what is used by one query. It may be
 * called again for a restart.
 *
 * @param <U> the rows
 * @since 0.1
 */
public interface RowSink<U> {
  /**
   * Returns what the sink is, for people.
   *
   * @return a short text, such as {@code JsonLines[/data/out]}
   */
  String description();

  /**
   * Returns what the sink promises when an epoch is written to it again.
   *
   * @return the guarantee
   */
  SinkGuarantee guarantee();

  /**
   * Opens the sink for a query.
   *
   * @param context who opens it
   * @return what writes to it; closed by the query
   * @throws Exception if the sink can't be opened; the message reaches the user
   */
  SinkWriter<U> open(SinkContext context) throws Exception;
}
