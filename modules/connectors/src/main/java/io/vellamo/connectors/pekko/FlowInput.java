package io.vellamo.connectors.pekko;

import io.vellamo.api.source.Receipt;
import java.util.concurrent.CompletionStage;

/**
 * The stage that is the input of a query, as the query's source sees it.
 *
 * <p><b>Order</b> {@link #opened}, {@link #committed} any number of times, {@link #closed}; again
 * if the query opens its source again.
 *
 * <p><b>Threading</b> Called by the query's source thread.
 *
 * @param <E> the events
 * @param <C> the contexts of the stream's elements
 */
interface FlowInput<E, C> {
  /** An open source. */
  @FunctionalInterface
  interface Offers<E, C> {
    /**
     * Offers an event, from one thread at a time.
     *
     * @return completes when the source has stored the event; fails with a {@link
     *     io.vellamo.api.RetryableException} if the source is closed before that is known
     */
    CompletionStage<Receipt> offer(E event, C context);
  }

  /** Notes that the query has opened its source, to which no event is offered so far. */
  void opened(Offers<E, C> source);

  /**
   * Notes how many of the events that were offered since the source is open are committed; first 0,
   * once all events that it held before are.
   */
  void committed(long events);

  /** Notes that the query closes its source. */
  void closed();
}
