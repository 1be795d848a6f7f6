package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic.
 *
 * @param topic the topic
 * @param partition the number of the partition
 * @param offset the record's offset in the partition
 * @param timestamp the time of the producer or of the broker, as the topic is configured
 * @param key the key; null if the producer set none
 * @param value the value; null for a tombstone
 * @param headers the headers, in the producer's order
 * @param <K> the key type
 * @param <V> the value type
 * @since 0.1
 */
public record KafkaEvent<K, V>(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    @Nullable K key,
    @Nullable V value,
    List<KafkaHeader> headers) {
  public KafkaEvent {
    requireNonNull(topic, "topic");
    requireNonNull(timestamp, "timestamp");
    headers = List.copyOf(headers);
  }

  static <K, V> KafkaEvent<K, V> of(ConsumerRecord<K, V> consumed) {
    List<KafkaHeader> headers = new ArrayList<>();
    for (Header header : consumed.headers()) {
      headers.add(new KafkaHeader(header.key(), header.value()));
    }
    return new KafkaEvent<>(
        consumed.topic(),
        consumed.partition(),
        consumed.offset(),
        Instant.ofEpochMilli(consumed.timestamp()),
        consumed.key(),
        consumed.value(),
        headers);
  }

  /**
   * Returns the last header of a name.
   *
   * @param name the header's name
   * @return empty if the record has no such header
   */
  public Optional<KafkaHeader> header(String name) {
    KafkaHeader last = null;
    for (KafkaHeader header : headers) {
      if (header.name().equals(name)) {
        last = header;
      }
    }
    return Optional.ofNullable(last);
  }
}
