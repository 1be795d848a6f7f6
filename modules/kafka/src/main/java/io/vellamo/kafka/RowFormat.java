package io.vellamo.kafka;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A description of how rows become records.
 *
 * @param topic returns the topic of a row
 * @param key the key; null for records without keys
 * @param value the value
 * @param timestamp returns the timestamp of a row; null for the time of sending
 * @param <U> the rows
 */
record RowFormat<U>(
    Function<? super U, String> topic,
    @Nullable RowPart<U, ?> key,
    RowPart<U, ?> value,
    @Nullable Function<? super U, Instant> timestamp) {
  RowFormat<U> withTopic(Function<? super U, String> changed) {
    return new RowFormat<>(changed, key, value, timestamp);
  }

  RowFormat<U> withKey(RowPart<U, ?> changed) {
    return new RowFormat<>(topic, changed, value, timestamp);
  }

  RowFormat<U> withTimestamp(Function<? super U, Instant> changed) {
    return new RowFormat<>(topic, key, value, changed);
  }
}
