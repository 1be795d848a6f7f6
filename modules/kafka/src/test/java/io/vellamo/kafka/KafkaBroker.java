package io.vellamo.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
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
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A broker and controller in this JVM, which can be stopped and started again with its data. The
 * only place that knows the classes of Kafka's server, which are no public API.
 */
final class KafkaBroker implements AutoCloseable {
  private static final class Shared {
    static final KafkaBroker BROKER = create();

    private static KafkaBroker create() {
      try {
        KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("vellamo-kafka"));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        broker.start();
        return broker;
      } catch (Exception e) {
        throw new IllegalStateException("broker must start", e);
      }
    }
  }

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final Map<String, String> properties = new HashMap<>();
  private final String servers;
  private @Nullable KafkaRaftServer server;
  private @Nullable KafkaProducer<String, String> writer;

  private KafkaBroker(Path directory) throws Exception {
    int brokerPort;
    int controllerPort;
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket(0)) {
      brokerPort = first.getLocalPort();
      controllerPort = second.getLocalPort();
    }
    servers = "localhost:" + brokerPort;
    String controller = "localhost:" + controllerPort;
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("listeners", "PLAINTEXT://" + servers + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", "PLAINTEXT://" + servers);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", directory.resolve("data").toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "2");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "2");
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("log.cleaner.backoff.ms", "100");
    properties.put("auto.create.topics.enable", "false");
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(directory.resolve("data").toString())
        .setMetadataLogDirectory(directory.resolve("data").toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  /** Returns the broker that all tests of this JVM share. */
  static KafkaBroker shared() {
    return Shared.BROKER;
  }

  void start() {
    KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    started.startup();
    server = started;
  }

  void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
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
