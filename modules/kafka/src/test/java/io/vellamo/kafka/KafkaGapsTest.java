package io.vellamo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.kafka.OpenedTopics.Letter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records that are gone before they are read: by retention, truncation and compaction. */
final class KafkaGapsTest {
  private final KafkaBroker broker = KafkaBroker.shared();

  private KafkaSource<String> strings(String topic) {
    return KafkaSource.of(broker.servers(), topic).strings();
  }

  private static OffsetRange range(String topic, long from, long until) {
    return new OffsetRange(new SourcePartition(topic + "-0"), from, until);
  }

  @Test
  void rangeThatIsTruncatedInTheMiddle_isReadFromWhereThePartitionBegins() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b", "c", "d", "e");
    broker.deleteBefore(topic, 0, 3);

    try (OpenedTopics<String> opened =
        OpenedTopics.open(strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE))) {
      opened.read(range(topic, 1, 5));

      assertThat(opened.events).containsExactly("d", "e");
      assertThat(opened.letters)
          .extracting(Letter::reason)
          .containsExactly(
              "records at offsets [1, 3) must be read before Kafka deletes them, but are gone");
      assertThat(opened.reader.metrics())
          .containsEntry("gaps", 1L)
          .containsEntry("lostOffsets", 2L)
          .containsEntry("recordsRead", 2L);
    }
  }

  @Test
  void rangeThatIsTruncatedWhole_isOneGap() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b", "c", "d", "e");
    broker.deleteBefore(topic, 0, 4);

    try (OpenedTopics<String> opened =
        OpenedTopics.open(strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE))) {
      opened.read(range(topic, 1, 3));
      opened.read(range(topic, 3, 5));

      assertThat(opened.events).containsExactly("e");
      assertThat(opened.letters)
          .extracting(Letter::reason)
          .containsExactly(
              "records at offsets [1, 3) must be read before Kafka deletes them, but are gone",
              "records at offsets [3, 4) must be read before Kafka deletes them, but are gone");
    }
  }

  @Test
  void recordsDeletedByRetention_failTheQueryOrAreAGap() throws Exception {
    String topic =
        broker.topic(
            "retained",
            1,
            Map.of("retention.ms", "500", "segment.ms", "100", "file.delete.delay.ms", "0"));
    broker.write(topic, 0, "a", "b");
    Offsets committed = Offsets.of(Map.of(new SourcePartition(topic + "-0"), 1L));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              broker.write(topic, 0, "later");
              return !broker.committedValues(topic).contains("b");
            });

    try (OpenedTopics<String> opened = OpenedTopics.openFrom(committed, strings(topic))) {
      assertThatThrownBy(opened::epoch)
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith(
              "Partition [0] of topic [retained] must hold the records from offset [1] on, but the"
                  + " partition begins after it, at [");
    }
    try (OpenedTopics<String> opened =
        OpenedTopics.openFrom(committed, strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE))) {
      opened.epoch();

      assertThat(opened.letters).hasSize(1);
      assertThat(opened.letters.get(0).offset()).isEqualTo(1);
      assertThat(opened.reader.metrics()).containsEntry("gaps", 1L);
    }
  }

  private String compactedTopic(String name) throws Exception {
    return broker.topic(
        name,
        1,
        Map.of(
            "cleanup.policy", "compact", "segment.ms", "1", "min.cleanable.dirty.ratio", "0.01"));
  }

  @Test
  void compactedTopic_isRefusedByName() throws Exception {
    String topic = compactedTopic("compacted-1");

    assertThatThrownBy(() -> OpenedTopics.open(strings(topic)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Topic [compacted-1] must keep each record until it is read, but Kafka compacts it"
                + " (cleanup.policy); read what is there with allowCompaction()");
  }

  @Test
  void compactedPartition_isReadToTheEndOfItsRanges_andItsGapsAreCounted() throws Exception {
    String topic = compactedTopic("compacted-2");
    for (int i = 0; i < 20; i++) {
      broker.write(List.of(new ProducerRecord<>(topic, 0, "key", "value " + i)));
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              broker.write(List.of(new ProducerRecord<>(topic, 0, "key", "last")));
              return broker.committed(topic).size() < 5;
            });

    try (OpenedTopics<String> opened = OpenedTopics.open(strings(topic).allowCompaction())) {
      long end = opened.reader.latest().of(new SourcePartition(topic + "-0")).orElseThrow();
      for (long from = 0; from < end; from++) {
        opened.read(range(topic, from, from + 1));
      }

      assertThat(opened.letters).isEmpty();
      assertThat(opened.events.size()).isLessThan(10);
      assertThat(opened.events).endsWith("last");
      assertThat(opened.reader.metrics())
          .containsEntry("offsetsWithoutRecord", end - opened.events.size())
          .containsEntry("gaps", 0L);
    }
  }

  @Test
  void topicCreatedAgainBetweenTwoEpochs_isNoticedBeforeItsRecordsAreRead() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b");
    try (OpenedTopics<String> opened =
        OpenedTopics.open(strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE))) {
      opened.epoch();
      broker.recreate(topic);
      broker.write(topic, 0, "c", "d", "e", "f");

      opened.epoch();
      opened.epoch();

      assertThat(opened.events).containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(opened.letters)
          .extracting(Letter::reason)
          .containsExactly(
              "records from offset [2] on must be read before Kafka deletes them, but are gone");
    }
  }

  @Test
  void deletedTopicOfAPattern_isLeftOut() throws Exception {
    String topic = broker.topic(1);
    String other = broker.topic(topic + "-other", 1, Map.of());
    broker.write(topic, 0, "a");
    broker.write(other, 0, "b");
    KafkaSource<String> source =
        KafkaSource.of(broker.servers(), Pattern.compile(topic + "(-other)?")).strings();
    try (OpenedTopics<String> opened = OpenedTopics.open(source)) {
      opened.epoch();
      broker.deleteTopic(other);
      broker.write(topic, 0, "c");

      await().until(() -> !opened.epoch().isEmpty());

      assertThat(opened.events).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void lag_isThatAfterThePlannedEpoch() throws Exception {
    String topic = broker.topic(2);
    broker.write(topic, 0, "a", "b", "c");
    broker.write(topic, 1, "d");
    try (OpenedTopics<String> opened = OpenedTopics.open(strings(topic))) {
      opened.reader.plan(Offsets.none(), opened.reader.latest(), 2);
      assertThat(opened.reader.metrics())
          .containsEntry("lag", 2L)
          .containsEntry("lag." + topic + "-0", 2L)
          .containsEntry("lag." + topic + "-1", 0L);

      opened.epoch();

      assertThat(opened.reader.metrics())
          .containsEntry("lag", 0L)
          .containsEntry("recordsRead", 4L)
          .containsEntry("bytesRead", 4L)
          .containsEntry("deadLetters", 0L);
    }
  }
}
