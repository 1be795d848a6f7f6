package io.vellamo.kafka;

import io.vellamo.api.source.EventCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A decoder that turns records into events, or into dead letters if they are invalid.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
interface RecordDecoder<T> extends AutoCloseable {
  /** Returns whether the record was an event. */
  boolean decode(ConsumerRecord<byte[], byte[]> consumed, EventCollector<? super T> into);

  @Override
  void close();
}
