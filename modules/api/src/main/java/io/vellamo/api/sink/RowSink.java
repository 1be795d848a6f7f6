package io.vellamo.api.sink;

import io.vellamo.api.query.NodeAccess;

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
   * Returns whether every node of a cluster can write to the sink. The writers of a shared sink
   * have the same effect on every node, and a writer on one node finds what a writer on another
   * node has written. Two nodes may write the same epoch at the same time after a network failure;
   * the journal lets only one of them commit it. Ignored without a cluster.
   *
   * @return {@link NodeAccess#shared()} for such a sink; by default, a query in a cluster refuses
   *     the sink
   */
  default NodeAccess nodeAccess() {
    return NodeAccess.undeclared();
  }

  /**
   * Opens the sink for a query.
   *
   * @param context the query that opens the sink
   * @return the writer, which the query closes
   * @throws Exception if the sink can't be opened; the message reaches the user
   */
  SinkWriter<U> open(SinkContext context) throws Exception;
}
