package io.vellamo.kafka;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A description of how a row becomes the key or the value of a record.
 *
 * @param serializer creates the serializer
 * @param mapper returns what is serialized; null for a record without this part
 */
record RowPart<U, P>(
    Supplier<? extends Serializer<P>> serializer,
    Function<? super U, ? extends @Nullable P> mapper) {
  /** Returns an open part; the properties are the producer's. */
  Open<U> open(Map<String, Object> properties, boolean isKey) {
    Serializer<P> opened = serializer.get();
    opened.configure(properties, isKey);
    return new Open<>() {
      @Override
      public byte @Nullable [] bytes(String topic, Headers headers, U row) {
        P part = mapper.apply(row);
        return part == null ? null : opened.serialize(topic, headers, part);
      }

      @Override
      public void close() {
        opened.close();
      }
    };
  }

  /** An open part. */
  interface Open<U> extends AutoCloseable {
    byte @Nullable [] bytes(String topic, Headers headers, U row);

    @Override
    void close();
  }
}
