package io.vellamo.kafka;

import static org.awaitility.Awaitility.await;

import io.vellamo.servers.KafkaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker in this JVM, with operations that tests need. */
final class KafkaBroker {
  private static final class Shared {
    static final KafkaBroker BROKER = create();

    private static KafkaBroker create() {
      try {
        KafkaServer server = KafkaServer.start(Files.createTempDirectory("vellamo-kafka"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return new KafkaBroker(server);
      } catch (IOException e) {
        throw new IllegalStateException("broker must start", e);
      }
    }
  }

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final KafkaServer server;
  private final String servers;
  private @Nullable KafkaProducer<String, String> writer;

  KafkaBroker(KafkaServer server) {
    this.server = server;
    this.servers = server.address();
  }

  /** Returns the broker that all tests of this JVM share. */
  static KafkaBroker shared() {
    return Shared.BROKER;
  }

  void start() {
    server.restart();
  }

  void stop() {
    server.stop();
  }

  String servers() {
    return servers;
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers));
  }

  /** Creates a topic of a unique name. */
  String topic(int partitions) throws Exception {
    return topic("topic-" + TOPICS.incrementAndGet(), partitions, Map.of());
  }

  String topic(String name, int partitions, Map<String, String> configuration) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(configuration)))
          .all()
          .get();
    }
    return name;
  }

  void deleteTopic(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(Set.of(topic)).all().get();
    }
  }

  /** Deletes a topic and creates it again, with one partition, as soon as Kafka allows it. */
  void recreate(String topic) throws Exception {
    deleteTopic(topic);
    await().ignoreExceptions().until(() -> topic(topic, 1, Map.of()).equals(topic));
  }

  void addPartitions(String topic, int count) throws Exception {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all().get();
    }
  }

  /** Deletes the records before an offset, as retention does. */
  void deleteBefore(String topic, int partition, long offset) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("bootstrap.servers", servers);
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  /** Writes values to a partition. */
  void write(String topic, int partition, String... values) throws Exception {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (String value : values) {
      records.add(new ProducerRecord<>(topic, partition, null, value));
    }
    write(records);
  }

  void write(List<ProducerRecord<String, String>> records) throws Exception {
    if (writer == null) {
      writer = producer(Map.of());
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<String, String> one : records) {
      sent.add(writer.send(one));
    }
    writer.flush();
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  /**
   * Returns the records that a consumer with read_committed sees, by partition and offset. Waits
   * for the end of all transactions: a broker answers a commit before the partitions show it.
   */
  List<ConsumerRecord<String, String>> committed(String topic) throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", servers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
              .toList();
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = endsWithOpenTransactions(partitions);
      while (partitions.stream()
          .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private Map<TopicPartition, Long> endsWithOpenTransactions(List<TopicPartition> partitions) {
    Map<String, Object> properties = Map.of("bootstrap.servers", servers);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      return consumer.endOffsets(partitions);
    }
  }

  List<String> committedValues(String topic) throws Exception {
    return committed(topic).stream().map(ConsumerRecord::value).toList();
  }
}
