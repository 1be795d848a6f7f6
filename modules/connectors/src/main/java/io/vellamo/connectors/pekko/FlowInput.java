package io.vellamo.connectors.pekko;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Receipt;
import java.util.concurrent.CompletionStage;

/**
 * The input of a query that is a stage of a stream.
 *
 * @param <E> the events
 * @param <C> the contexts of the stream's elements
 */
interface FlowInput<E, C> {
  /** The observer of an input, called by threads of the query. */
  interface Observer {
    /** Notes that the query reads the input, so that it can be offered events. */
    void opened();

    /** Notes how many events of this run are committed, as {@link CommittedEvents} counts them. */
    void committed(long events);

    /** Notes that the query reads no more, for now or for good. */
    void closed();
  }

  /** Returns the query's source. */
  EventSource<E> source();

  /**
   * Offers an event, from one thread at a time.
   *
   * @return completes when the source has stored the event
   */
  CompletionStage<Receipt> offer(E event, C context);
}
