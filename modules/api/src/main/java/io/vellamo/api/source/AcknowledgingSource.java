package io.vellamo.api.source;

import io.vellamo.api.query.NodeAccess;

/**
 * A source whose messages can't be read again once they have been acknowledged to their sender,
 * such as a queue of a message broker.
 *
 * <p>The source passes each message with its id to an {@link Inbox} of the query, and acknowledges
 * it when the inbox has stored it. The query reads the inbox like a source that can be read again:
 * an acknowledged event is reflected exactly once in state, whatever crashes. A message that is
 * delivered again, for instance because its acknowledgement was lost, is discarded as long as the
 * inbox remembers its id.
 *
 * <p><b>Threading</b> An {@code AcknowledgingSource} is only a description; {@link #deliver} is
 * called by one thread at a time, again after a restart and after a failure that the query retries.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface AcknowledgingSource<T> extends EventSource<T> {
  /**
   * A running delivery of messages to an inbox.
   *
   * @since 0.1
   */
  @FunctionalInterface
  interface Delivery extends AutoCloseable {
    /**
     * Ends the delivery. Messages that are not acknowledged are left to the broker, which delivers
     * them again. May block.
     */
    @Override
    void close();
  }

  /**
   * Starts the delivery of messages.
   *
   * @param inbox takes the messages until the delivery is closed
   * @return the delivery, which the query closes
   * @throws Exception if it can't be started; a {@link io.vellamo.api.RetryableException} is
   *     retried, see {@link io.vellamo.api.query.RetryPolicy}
   */
  Delivery deliver(Inbox<T> inbox) throws Exception;

  /** Returns true, as the query reads the inbox. */
  @Override
  default boolean isReplayable() {
    return true;
  }

  /** Returns that the source needs one node, the one that holds the inbox. */
  @Override
  default NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its inbox belongs to one node; use a source whose events can be read again, such as a Kafka topic");
  }

  @Override
  default SourceReader<T> open(SourceContext context) throws Exception {
    return context.inboxes().open(this, context);
  }
}
