package io.vellamo.kafka;

import java.util.Map;

/**
 * A description of how records become events.
 *
 * @param <T> the events
 */
interface EventFormat<T> {
  /**
   * Opens a decoder for one query.
   *
   * @param properties the consumer's properties, for the configuration of deserializers
   */
  RecordDecoder<T> open(Map<String, Object> properties);
}
