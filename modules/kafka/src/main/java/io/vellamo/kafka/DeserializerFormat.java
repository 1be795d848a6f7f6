package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.EventCollector;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Records that Kafka deserializers read.
 *
 * @param keys creates the deserializer of keys
 * @param values creates the deserializer of values
 * @param mapper returns the event of a record; null for a record that is no event
 */
record DeserializerFormat<K, V, T>(
    Supplier<? extends Deserializer<? extends K>> keys,
    Supplier<? extends Deserializer<? extends V>> values,
    Function<ConsumerRecord<K, V>, @Nullable T> mapper)
    implements EventFormat<T> {
  @Override
  public RecordDecoder<T> open(Map<String, Object> properties) {
    Deserializer<? extends K> key = keys.get();
    Deserializer<? extends V> value = values.get();
    key.configure(properties, true);
    value.configure(properties, false);
    return new Decoder(key, value);
  }

  /** An exception for a part of a record that can't be read; the message is the reason. */
  private static final class UnreadablePart extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadablePart(String reason, @Nullable Throwable cause) {
      super(reason, cause);
    }
  }

  private final class Decoder implements RecordDecoder<T> {
    private final Deserializer<? extends K> key;
    private final Deserializer<? extends V> value;

    Decoder(Deserializer<? extends K> key, Deserializer<? extends V> value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public boolean decode(ConsumerRecord<byte[], byte[]> consumed, EventCollector<? super T> into) {
      T event;
      try {
        event = event(consumed);
      } catch (UnreadablePart e) {
        into.deadLetter(
            consumed.offset(), String.valueOf(e.getMessage()), EntryText.of(consumed.value()));
        return false;
      }
      into.event(event, consumed.offset());
      return true;
    }

    private T event(ConsumerRecord<byte[], byte[]> consumed) throws UnreadablePart {
      ConsumerRecord<K, V> read =
          new ConsumerRecord<>(
              consumed.topic(),
              consumed.partition(),
              consumed.offset(),
              consumed.timestamp(),
              consumed.timestampType(),
              consumed.serializedKeySize(),
              consumed.serializedValueSize(),
              part("key", key, consumed, consumed.key()),
              part("value", value, consumed, consumed.value()),
              consumed.headers(),
              consumed.leaderEpoch());
      @Nullable T event;
      try {
        event = mapper.apply(read);
      } catch (RuntimeException e) {
        throw new UnreadablePart(
            "record must be accepted by the mapper, which threw [%s]"
                .formatted(e.getClass().getName()),
            e);
      }
      if (event == null) {
        throw new UnreadablePart(
            consumed.value() == null
                ? "value must not be a tombstone; read tombstones with events(...)"
                : "record must be mapped to an event, was mapped to [null]",
            null);
      }
      return event;
    }

    private static <P> P part(
        String name,
        Deserializer<P> deserializer,
        ConsumerRecord<byte[], byte[]> consumed,
        byte @Nullable [] bytes)
        throws UnreadablePart {
      Headers headers = consumed.headers();
      try {
        return deserializer.deserialize(consumed.topic(), headers, bytes);
      } catch (RuntimeException e) {
        if (KafkaFailures.mayPass(e)) {
          throw new RetryableException(
              "Deserializer [%s] must reach what it needs, such as a schema registry, failed with [%s]; check it and the network"
                  .formatted(deserializer.getClass().getSimpleName(), e.getClass().getSimpleName()),
              e);
        }
        throw new UnreadablePart(
            "%s must be readable by [%s], failed with [%s]"
                .formatted(
                    name, deserializer.getClass().getSimpleName(), e.getClass().getSimpleName()),
            e);
      }
    }

    @Override
    public void close() {
      key.close();
      value.close();
    }
  }
}
