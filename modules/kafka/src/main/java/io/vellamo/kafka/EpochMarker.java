package io.vellamo.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The last epoch that was written, stored as the committed offset of a consumer group in the
 * transaction of the epoch's rows. So the rows are visible exactly if the marker says so. Its
 * metadata names the query and its run.
 *
 * @param metadata the group, which has the name of the transactional id
 * @param place the partition under which the group stores the marker
 */
record EpochMarker(ConsumerGroupMetadata metadata, TopicPartition place) {
  /**
   * A stored marker.
   *
   * @param queryId the query that wrote the epoch
   * @param owner the run that wrote it; greater than earlier runs of the query
   * @param epoch the epoch
   */
  record Stored(UUID queryId, long owner, long epoch) {
    private static Stored of(OffsetAndMetadata offset) {
      String[] words = offset.metadata().split(" ", 2);
      return new Stored(
          UUID.fromString(words[0]),
          words.length == 1 ? 0 : Long.parseLong(words[1]),
          offset.offset());
    }

    private OffsetAndMetadata offset() {
      return new OffsetAndMetadata(epoch, queryId + " " + owner);
    }
  }

  /**
   * Creates a marker.
   *
   * @param properties the properties of any client of the brokers; no connection is made
   */
  static EpochMarker of(String transactionalId, String topic, Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, transactionalId);
    // The public constructors of ConsumerGroupMetadata will be removed; a consumer gives one out.
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return new EpochMarker(consumer.groupMetadata(), new TopicPartition(topic, 0));
    }
  }

  /** Returns the group's id. */
  String group() {
    return metadata.groupId();
  }

  /** Adds the marker to the open transaction of a producer. */
  void send(Producer<?, ?> producer, Stored marker) {
    producer.sendOffsetsToTransaction(Map.of(place, marker.offset()), metadata);
  }

  /**
   * Returns the marker of the last committed transaction; null if there is none.
   *
   * @param waits whether to wait for the outcome of an open transaction
   */
  @Nullable Stored read(Admin admin, boolean waits)
      throws ExecutionException, InterruptedException {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(
                Map.of(group(), new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(place))),
                new ListConsumerGroupOffsetsOptions().requireStable(waits))
            .partitionsToOffsetAndMetadata(group())
            .get()
            .get(place);
    return offset == null ? null : Stored.of(offset);
  }
}
