package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

/**
 * An event of a stream that can be run again from an offset.
 *
 * @param offset the event's place in the stream, not negative; larger than that of the preceding
 *     event
 * @param event the event
 * @param <T> the event type
 * @since 0.1
 */
public record StreamEvent<T>(long offset, T event) {
  /**
   * Checks the offset.
   *
   * @throws IllegalArgumentException if {@code offset} is negative
   */
  public StreamEvent {
    requireNonNull(event, "event");
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, was [%d]".formatted(offset));
    }
  }
}
