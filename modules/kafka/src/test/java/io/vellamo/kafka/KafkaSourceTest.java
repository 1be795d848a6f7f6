package io.vellamo.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.kafka.OpenedTopics.Letter;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

final class KafkaSourceTest {
  record Click(String user, int count) {}

  private final KafkaBroker broker = KafkaBroker.shared();

  private KafkaSource<String> strings(String... topics) {
    return KafkaSource.of(broker.servers(), topics).strings();
  }

  @Test
  void startAtLatest_readsWhatIsWrittenWhileTheQueryIsDown() throws Exception {
    String topic = broker.topic(2);
    broker.write(topic, 0, "old");
    KafkaSource<String> source = strings(topic).startAt(KafkaStart.latest());
    Offsets committed;
    try (OpenedTopics<String> first = OpenedTopics.open(source)) {
      assertThat(first.epoch()).allMatch(OffsetRange::isEmpty).hasSize(2);
      assertThat(first.epoch()).isEmpty();
      committed = first.position;
    }
    broker.write(topic, 0, "while down");
    broker.write(topic, 1, "there too");

    try (OpenedTopics<String> second = OpenedTopics.openFrom(committed, source)) {
      second.epoch();

      assertThat(second.events).containsExactly("while down", "there too");
    }
  }

  @Test
  void startAtTime_readsFromTheFirstRecordOfThatTime() throws Exception {
    String topic = broker.topic(2);
    for (long second = 1; second <= 4; second++) {
      broker.write(
          List.of(new ProducerRecord<>(topic, 0, second * 1_000, null, "second " + second)));
    }
    broker.write(List.of(new ProducerRecord<>(topic, 1, 1_000L, null, "too early")));

    try (OpenedTopics<String> opened =
        OpenedTopics.open(strings(topic).startAt(KafkaStart.at(Instant.ofEpochSecond(3))))) {
      opened.epoch();

      assertThat(opened.events).containsExactly("second 3", "second 4");
    }
  }

  @Test
  void startAtOffsets_readsFromThemAndOtherPartitionsFromTheirBeginning() throws Exception {
    String topic = broker.topic(2);
    broker.write(topic, 0, "a", "b", "c");
    broker.write(topic, 1, "d");

    try (OpenedTopics<String> opened =
        OpenedTopics.open(
            strings(topic).startAt(KafkaStart.at(Map.of(new TopicPartition(topic, 0), 2L))))) {
      opened.epoch();

      assertThat(opened.events).containsExactly("c", "d");
    }
  }

  @Test
  void negativeStart_isRefused() {
    Map<TopicPartition, Long> offsets = Map.of(new TopicPartition("t", 0), -1L);

    assertThatThrownBy(() -> KafkaStart.at(offsets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offsets must not be negative, was [-1] for [t-0]");
  }

  @Test
  void invalidJson_isADeadLetterWithItsOffset() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "{\"user\":\"a\",\"count\":1}", "{\"user\":", "{\"count\":\"x\"}");
    broker.write(List.of(new ProducerRecord<>(topic, 0, null, null)));

    try (OpenedTopics<Click> opened =
        OpenedTopics.open(KafkaSource.of(broker.servers(), topic).json(Click.class))) {
      opened.epoch();

      assertThat(opened.events).containsExactly(new Click("a", 1));
      assertThat(opened.letters)
          .containsExactly(
              new Letter(1, "value must be well-formed, is broken at column [9]", "{\"user\":"),
              new Letter(
                  2,
                  "property [count] must be of type [int], found a text that is no number",
                  "{\"count\":\"x\"}"),
              new Letter(
                  3,
                  "value must hold a [Click], was a tombstone; read tombstones with events(...)",
                  null));
    }
  }

  @Test
  void deserializerThatFails_makesADeadLetter() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "8 bytes!", "text");

    try (OpenedTopics<Long> opened =
        OpenedTopics.open(KafkaSource.of(broker.servers(), topic).values(LongDeserializer::new))) {
      opened.epoch();

      assertThat(opened.events).hasSize(1);
      assertThat(opened.letters)
          .containsExactly(
              new Letter(
                  1,
                  "value must be readable by [LongDeserializer], failed with"
                      + " [SerializationException]",
                  "text"));
    }
  }

  @Test
  void events_haveKeyHeadersTimestampAndPosition() throws Exception {
    String topic = broker.topic(1);
    List<Header> headers =
        List.of(
            new RecordHeader("h", "1".getBytes(UTF_8)), new RecordHeader("h", "2".getBytes(UTF_8)));
    ProducerRecord<String, String> sent =
        new ProducerRecord<>(topic, 0, 5_000L, "k", null, headers);
    broker.write(List.of(sent));

    try (OpenedTopics<KafkaEvent<String, String>> opened =
        OpenedTopics.open(
            KafkaSource.of(broker.servers(), topic)
                .events(StringDeserializer::new, StringDeserializer::new))) {
      opened.epoch();

      KafkaEvent<String, String> event = opened.events.get(0);
      assertThat(event.topic()).isEqualTo(topic);
      assertThat(event.partition()).isZero();
      assertThat(event.offset()).isZero();
      assertThat(event.key()).isEqualTo("k");
      assertThat(event.value()).isNull();
      assertThat(event.timestamp()).isEqualTo(Instant.ofEpochSecond(5));
      assertThat(event.header("h").map(KafkaHeader::text)).contains("2");
      assertThat(event.header("other")).isEmpty();
    }
  }

  @Test
  void transactions_areReadUpToTheFirstOpenOne() throws Exception {
    String topic = broker.topic(1);
    try (KafkaProducer<String, String> producer =
            broker.producer(Map.of("transactional.id", topic));
        OpenedTopics<String> committed = OpenedTopics.open(strings(topic));
        OpenedTopics<String> all =
            OpenedTopics.open(strings(topic).withProperty("isolation.level", "read_uncommitted"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "open")).get();
      broker.write(topic, 0, "behind it");

      assertThat(committed.epoch()).isEmpty();
      all.epoch();
      assertThat(all.events).containsExactly("open", "behind it");

      producer.abortTransaction();
      await().until(() -> !committed.epoch().isEmpty());
      assertThat(committed.events).containsExactly("behind it");
      assertThat(committed.epoch()).isEmpty();
    }
  }

  @Test
  void partitionsThatAreAdded_areReadFromTheirBeginning() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "old");
    KafkaSource<String> source =
        strings(topic).startAt(KafkaStart.latest()).withDiscoveryInterval(Duration.ZERO);
    try (OpenedTopics<String> opened = OpenedTopics.open(source)) {
      opened.epoch();
      broker.addPartitions(topic, 2);
      broker.write(topic, 1, "new");

      await().until(() -> !opened.epoch().isEmpty());

      assertThat(opened.events).containsExactly("new");
    }
  }

  @Test
  void topicThatBeginsToMatch_isReadFromItsBeginning() throws Exception {
    String topic = broker.topic(1);
    KafkaSource<String> source =
        KafkaSource.of(broker.servers(), Pattern.compile(topic + "(-later)?"))
            .strings()
            .startAt(KafkaStart.latest())
            .withDiscoveryInterval(Duration.ZERO);
    try (OpenedTopics<String> opened = OpenedTopics.open(source)) {
      opened.epoch();
      broker.topic(topic + "-later", 1, Map.of());
      broker.write(topic + "-later", 0, "new");

      await().until(() -> !opened.epoch().isEmpty());

      assertThat(opened.events).containsExactly("new");
    }
  }

  /** Returns offsets after the first of four records, of which the next two are deleted. */
  private Offsets beforeDeletedRecords(String topic) throws Exception {
    broker.write(topic, 0, "a");
    try (OpenedTopics<String> opened = OpenedTopics.open(strings(topic))) {
      opened.epoch();
      broker.write(topic, 0, "b", "c", "d");
      broker.deleteBefore(topic, 0, 3);
      return opened.position;
    }
  }

  @Test
  void recordsDeletedBeforeTheyWereRead_failTheQuery() throws Exception {
    String topic = broker.topic(1);
    Offsets committed = beforeDeletedRecords(topic);

    try (OpenedTopics<String> opened = OpenedTopics.openFrom(committed, strings(topic))) {
      assertThatThrownBy(opened::epoch)
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "Partition [0] of topic [%s] must hold the records from offset [1] on, but the partition begins after it, at [3]; restore the records, start the query under another name, or continue behind gaps with whenDataIsLost(CONTINUE)"
                  .formatted(topic));
    }
  }

  @Test
  void recordsDeletedBeforeTheyWereRead_mayBeACountedGap() throws Exception {
    String topic = broker.topic(1);
    KafkaSource<String> source = strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE);
    Offsets committed = beforeDeletedRecords(topic);

    try (OpenedTopics<String> opened = OpenedTopics.openFrom(committed, source)) {
      opened.epoch();

      assertThat(opened.events).containsExactly("d");
      assertThat(opened.letters)
          .containsExactly(
              new Letter(
                  1,
                  "records at offsets [1, 3) must be read before Kafka deletes them, but are gone",
                  null));
    }
  }

  @Test
  void topicCreatedAgain_failsTheQuery() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b");
    Offsets committed;
    try (OpenedTopics<String> opened = OpenedTopics.open(strings(topic))) {
      opened.epoch();
      committed = opened.position;
    }
    broker.recreate(topic);
    broker.write(topic, 0, "c", "d", "e");

    try (OpenedTopics<String> again = OpenedTopics.openFrom(committed, strings(topic))) {
      assertThatThrownBy(again::epoch)
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith(
              "Partition [0] of topic [%s] must hold the records from offset [2] on, but the topic was deleted and created again;"
                  .formatted(topic));
    }
  }

  @Test
  void topicCreatedAgain_mayBeACountedGap() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b");
    KafkaSource<String> source = strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE);
    Offsets committed;
    try (OpenedTopics<String> opened = OpenedTopics.open(source)) {
      opened.epoch();
      committed = opened.position;
    }
    broker.recreate(topic);
    broker.write(topic, 0, "c");

    try (OpenedTopics<String> again = OpenedTopics.openFrom(committed, source)) {
      again.epoch();
      again.epoch();

      assertThat(again.events).containsExactly("c");
      assertThat(again.letters)
          .containsExactly(
              new Letter(
                  0,
                  "records from offset [2] on must be read before Kafka deletes them, but are gone",
                  null));
      assertThat(again.epoch()).isEmpty();
    }
  }

  @Test
  void missingTopic_isNamed() {
    assertThatThrownBy(() -> OpenedTopics.open(strings("missing")))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Source [Kafka[missing]] must be able to describe topic [missing], but there is no such"
                + " topic or partition; create it or correct the name");
  }

  @Test
  void brokersThatCantBeReached_areRetryable() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    KafkaSource<String> source =
        KafkaSource.of("localhost:" + closed, "t")
            .strings()
            .withProperty("default.api.timeout.ms", 500)
            .withProperty("request.timeout.ms", 400);

    assertThatThrownBy(() -> OpenedTopics.open(source))
        .isInstanceOf(RetryableException.class)
        .hasMessageContaining("failed with [TimeoutException]");
  }

  @Test
  void propertyOfTheSourceItself_isRefused() {
    assertThatThrownBy(() -> strings("t").withProperty("auto.offset.reset", "latest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "name [auto.offset.reset] must not be a property that the source or sink sets itself");
  }

  @Test
  void newRecords_areSignalledBeforeTheNextPoll() throws Exception {
    String topic = broker.topic(2);
    try (OpenedTopics<String> opened = OpenedTopics.open(strings(topic))) {
      opened.epoch();
      opened.signals.drainPermits();
      broker.write(topic, 1, "new");

      assertThat(opened.signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      opened.epoch();
      assertThat(opened.events).containsExactly("new");
    }
  }

  @Test
  void committedOffsets_areReportedToTheGroup() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b", "c");
    try (OpenedTopics<String> opened =
        OpenedTopics.open(strings(topic).withReportedOffsets("monitor-" + topic))) {
      opened.epoch();
      opened.reader.committed(opened.position);
    }

    try (Admin admin = broker.admin()) {
      assertThat(
              admin
                  .listConsumerGroupOffsets("monitor-" + topic)
                  .partitionsToOffsetAndMetadata()
                  .get())
          .containsEntry(new TopicPartition(topic, 0), new OffsetAndMetadata(3));
    }
  }
}
