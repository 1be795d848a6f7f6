package io.vellamo.api.source;

import java.util.concurrent.CompletionStage;

/**
 * A query's durable store of the messages of one {@link AcknowledgingSource}.
 *
 * <p>A message is stored in the query's journal, and stays there until the epoch with its event is
 * committed. Messages are told apart by their ids: one whose id is remembered is not stored again.
 * The ids of the messages in the inbox, and of the last {@code vellamo.inbox.remembered-ids}
 * messages stored, are remembered, also after a restart. A message that is sent again later than
 * that counts as new.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface Inbox<T> {
  /**
   * Returns the query that reads the inbox.
   *
   * @return its name
   */
  String queryName();

  /**
   * Stores a message. It may be acknowledged to its sender once the stage has completed, and not
   * before.
   *
   * <p><b>Order</b> Events that one thread puts are read in the order of its calls.
   *
   * <p><b>Threading</b> The event is serialized by the caller's thread. The call never waits; the
   * stage completes on a thread of the query.
   *
   * <p><b>Failure</b> The stage fails with an {@link IllegalArgumentException} if the id can't be
   * stored, with a {@link io.vellamo.api.SerializationException} if the event can't, and with a
   * {@link io.vellamo.api.RetryableException} if the query stops or its journal fails before the
   * message is known to be durable. The message must then not be acknowledged. Sent again with the
   * same id, it is counted once, even if it had been stored.
   *
   * @param id the message's identity, which a message that is sent again keeps; unique among the
   *     messages of the source; well-formed text, not empty
   * @param event the event, which is serialized before this method returns
   * @return completes when the message is durable. A full inbox ({@code vellamo.inbox.capacity})
   *     stores the message once the query has committed others; wait for the stages before passing
   *     further messages, or they accumulate in memory
   */
  CompletionStage<Receipt> put(String id, T event);

  /**
   * Reports that the source can't deliver messages.
   *
   * <p><b>Failure</b> After a {@link io.vellamo.api.RetryableException} the query closes the
   * delivery, waits, and starts it again, see {@link io.vellamo.api.query.RetryPolicy}. Any other
   * exception fails the query. Messages that have been put before are stored in either case.
   *
   * @param failure the cause
   */
  void fail(Exception failure);
}
