package io.vellamo.checks.outages;

import io.vellamo.servers.KafkaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of visits, and one of rows. */
final class KafkaTopics implements TestedSystem {
  static final String NAME = "kafka";

  private static final int PARTITIONS = 3;
  private static final Pattern ROW =
      Pattern.compile("\\{\"visitor\":\"(.*)\",\"nth\":(\\d+),\"number\":(\\d+),\"total\":(\\d+)}");

  private final KafkaServer server;
  // Set for each run.
  private String input = "";
  private String output = "";

  private KafkaTopics(KafkaServer server) {
    this.server = server;
  }

  static KafkaTopics start() throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "kafka"));
    return new KafkaTopics(KafkaServer.start(Files.createTempDirectory(parent, "broker")));
  }

  String brokers() {
    return server.address();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare(Addresses addresses) throws Exception {
    input = addresses.input();
    output = addresses.output();
    try (Admin admin = Admin.create(properties())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(input, PARTITIONS, (short) 1),
                  new NewTopic(output, PARTITIONS, (short) 1)))
          .all()
          .get();
    }
  }

  private Map<String, Object> properties() {
    return Map.of("bootstrap.servers", brokers());
  }

  @Override
  public void add(List<SiteVisit> visits) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties(), new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (SiteVisit visit : visits) {
        sent.add(producer.send(new ProducerRecord<>(input, visit.visitor(), visit.json())));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void restart() {
    server.restart();
  }

  /** Returns the rows that a consumer with read_committed sees. */
  @Override
  public List<String> rows() {
    try (KafkaConsumer<String, String> consumer = consumer("read_committed");
        KafkaConsumer<String, String> uncommitted = consumer("read_uncommitted")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(output).stream()
              .map(info -> new TopicPartition(output, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // Waits for the end of all transactions: one that is open may have a row that is there twice.
      Map<TopicPartition, Long> ends = uncommitted.endOffsets(partitions);
      List<String> rows = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(row -> rows.add(text(row.value())));
      }
      return rows;
    }
  }

  private KafkaConsumer<String, String> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", brokers(), "isolation.level", isolation),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** Returns a row in JSON as its values with commas between them. */
  static String text(String json) {
    Matcher matcher = ROW.matcher(json);
    if (!matcher.matches()) {
      throw new AssertionError("must be a row, was [%s]".formatted(json));
    }
    MatchResult row = matcher.toMatchResult();
    return String.join(",", row.group(1), row.group(2), row.group(3), row.group(4));
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
