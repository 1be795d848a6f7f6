package io.vellamo.kafka;

import io.vellamo.api.source.EventCollector;
import io.vellamo.connectors.file.InvalidJsonException;
import io.vellamo.connectors.file.JsonCodec;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records whose values are JSON. */
record JsonFormat<T>(JsonCodec<T> codec) implements EventFormat<T>, RecordDecoder<T> {
  @Override
  public RecordDecoder<T> open(Map<String, Object> properties) {
    return this;
  }

  @Override
  public boolean decode(ConsumerRecord<byte[], byte[]> consumed, EventCollector<? super T> into) {
    byte[] value = consumed.value();
    if (value == null) {
      into.deadLetter(
          consumed.offset(),
          "value must hold a [%s], was a tombstone; read tombstones with events(...)"
              .formatted(codec.valueClass().getSimpleName()),
          null);
      return false;
    }
    T event;
    try {
      event = codec.read(value);
    } catch (InvalidJsonException e) {
      into.deadLetter(consumed.offset(), String.valueOf(e.getMessage()), EntryText.of(value));
      return false;
    }
    into.event(event, consumed.offset());
    return true;
  }

  @Override
  public void close() {}
}
