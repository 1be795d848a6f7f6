package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A message of a stream whose broker waits for acknowledgements, as the connectors of SQS, AMQP,
 * MQTT and Pub/Sub give them.
 *
 * @param id the message's identity, which the broker keeps when it delivers the message again;
 *     well-formed text, not empty
 * @param event the event
 * @param acknowledge acknowledges the message to the broker; called once, when the event is stored
 *     in the query's journal. The stage completes when the broker can be left
 * @param <T> the event type
 * @since 0.1
 */
public record StreamMessage<T>(
    String id, T event, Supplier<? extends CompletionStage<?>> acknowledge) {
  /** Checks that all components are there. */
  public StreamMessage {
    requireNonNull(id, "id");
    requireNonNull(event, "event");
    requireNonNull(acknowledge, "acknowledge");
  }
}
