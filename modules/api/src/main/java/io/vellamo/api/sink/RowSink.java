package io.vellamo.api.sink;

/**
 * A sink for the rows of a query.
 *
 * <p><b>Threading</b> A {@code RowSink} is only a description; {@link #open} returns the writer
 * that one query uses. A restart calls {@code open} again; so does a query after a failure that it
 * retries, see {@link io.vellamo.api.query.RetryPolicy}.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface RowSink<U> {
  /**
   * Returns a human-readable description of the sink.
   *
   * @return a short text, such as {@code JsonLines[/data/out]}
   */
  String description();

  /**
   * Returns the guarantee of the sink if an epoch is written again.
   *
   * @return the guarantee
   */
  SinkGuarantee guarantee();

  /**
   * Opens the sink for a query.
   *
   * @param context the query that opens the sink
   * @return the writer, which the query closes
   * @throws Exception if the sink can't be opened; the message reaches the user
   */
  SinkWriter<U> open(SinkContext context) throws Exception;
}
