package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A header of a record.
 *
 * <p>Two headers are equal if they hold the same array.
 *
 * @param name the header's name; a record may have several headers of one name
 * @param value the header's value, not copied; null if the producer set none
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka hands out the bytes, and copies would be slow
public record KafkaHeader(String name, byte @Nullable [] value) {
  public KafkaHeader {
    requireNonNull(name, "name");
  }

  /**
   * Returns the value as text.
   *
   * @return the value, decoded as UTF-8; an empty text if it is null
   */
  public String text() {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
