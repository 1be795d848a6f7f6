package io.vellamo.kafka;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.connectors.file.JsonCodec;
import io.vellamo.testkit.ListEpochRows;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A program that compares source and sink with bare client loops that do the same, and measures
 * latency and the cost of an idle source. Broker and clients share this JVM.
 */
final class KafkaThroughput {
  record Reading(String sensor, long at, double value, String text) {}

  private static final int EVENTS = 400_000;
  private static final int EPOCH = 20_000;
  private static final int[] EPOCHS = {EPOCH, EPOCH / 10};
  private static final int[] PARTITIONS = {1, 4, 16};
  private static final int ROUNDS = 5;
  private static final PrintStream OUT = System.out;

  private final KafkaBroker broker = KafkaBroker.shared();

  private KafkaThroughput() {}

  public static void main(String[] arguments) throws Exception {
    KafkaThroughput all = new KafkaThroughput();
    List<String> parts = List.of(arguments);
    for (int partitions : PARTITIONS) {
      if (parts.isEmpty() || parts.contains("source-" + partitions)) {
        all.source(partitions);
      }
    }
    if (parts.isEmpty() || parts.contains("sink")) {
      all.sinks();
    }
    if (parts.isEmpty() || parts.contains("idle")) {
      all.idle();
    }
    System.exit(0);
  }

  private void source(int partitions) throws Exception {
    String topic = broker.topic(partitions);
    JsonCodec<Reading> codec = JsonCodec.of(Reading.class);
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String value =
          new String(
              codec.write(new Reading("sensor-" + i % 100, i, i / 3.0, "x".repeat(30))),
              StandardCharsets.UTF_8);
      records.add(new ProducerRecord<>(topic, i % partitions, null, value));
      if (records.size() == EPOCH) {
        broker.write(records);
        records.clear();
      }
    }
    for (int epoch : EPOCHS) {
      compare(
          "source, %d partitions, epochs of %d".formatted(partitions, epoch),
          () -> bareRead(topic, partitions, codec),
          () -> sourceRead(topic, epoch));
    }
  }

  private long bareRead(String topic, int partitions, JsonCodec<Reading> codec) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.servers(), "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        all.add(new TopicPartition(topic, i));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long read = 0;
      while (read < EVENTS) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofSeconds(1))) {
          codec.read(one.value());
          read++;
        }
      }
      return read;
    }
  }

  private long sourceRead(String topic, int epoch) throws Exception {
    KafkaSource<Reading> source = KafkaSource.of(broker.servers(), topic).json(Reading.class);
    try (OpenedTopics<Reading> opened = OpenedTopics.open(source)) {
      long read = 0;
      Offsets position = Offsets.none();
      while (read < EVENTS) {
        List<OffsetRange> ranges = opened.reader.plan(position, opened.reader.latest(), epoch);
        for (OffsetRange range : ranges) {
          opened.read(range);
        }
        position = position.advance(ranges);
        read += opened.events.size();
        opened.events.clear();
      }
      return read;
    }
  }

  private void sinks() throws Exception {
    List<EpochRows<String>> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= EVENTS / EPOCH; epoch++) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < EPOCH; i++) {
        rows.add("row " + i + " of " + epoch + " " + "x".repeat(80));
      }
      epochs.add(new ListEpochRows<>("q", epoch, rows));
    }
    compare("sink", () -> bareWrite(epochs), () -> sinkWrite(epochs));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit waits for all records
  private long bareWrite(List<EpochRows<String>> epochs) throws Exception {
    String topic = broker.topic(4);
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      for (EpochRows<String> rows : epochs) {
        producer.beginTransaction();
        for (int i = 0; i < rows.size(); i++) {
          producer.send(new ProducerRecord<>(topic, rows.row(i)));
        }
        producer.commitTransaction();
      }
    }
    return EVENTS;
  }

  private long sinkWrite(List<EpochRows<String>> epochs) throws Exception {
    String topic = broker.topic(4);
    KafkaSink<String> sink =
        KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
    try (SinkWriter<String> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      for (EpochRows<String> rows : epochs) {
        writer.write(rows);
      }
    }
    return EVENTS;
  }

  private static void compare(String name, Callable<Long> bare, Callable<Long> ours)
      throws Exception {
    double[] bareRates = new double[ROUNDS];
    double[] ourRates = new double[ROUNDS];
    rate(bare);
    rate(ours);
    for (int i = 0; i < ROUNDS; i++) {
      bareRates[i] = rate(bare);
      ourRates[i] = rate(ours);
    }
    Arrays.sort(bareRates);
    Arrays.sort(ourRates);
    OUT.printf(
        "%s: %,.0f/s, bare loop %,.0f/s, %.0f %% (medians)%n",
        name,
        ourRates[ROUNDS / 2],
        bareRates[ROUNDS / 2],
        100 * ourRates[ROUNDS / 2] / bareRates[ROUNDS / 2]);
  }

  private static double rate(Callable<Long> run) throws Exception {
    long begun = System.nanoTime();
    long done = run.call();
    return done * 1e9 / (System.nanoTime() - begun);
  }

  private void idle() throws Exception {
    String topic = broker.topic(4);
    KafkaSource<String> source = KafkaSource.of(broker.servers(), topic).strings();
    try (OpenedTopics<String> opened = OpenedTopics.open(source)) {
      opened.epoch();
      long[] micros = new long[200];
      for (int i = 0; i < micros.length; i++) {
        opened.epoch();
        broker.write(topic, i % 4, "new");
        long written = System.nanoTime();
        opened.signals.tryAcquire(10, TimeUnit.SECONDS);
        opened.epoch();
        micros[i] = (System.nanoTime() - written) / 1_000;
        opened.signals.drainPermits();
      }
      Arrays.sort(micros);
      OUT.printf(
          "latency from the producer's acknowledgement to the event: median %d us, 99 %% %d us%n",
          micros[100], micros[198]);
      opened.epoch();
      Map<Long, Long> before = clientCpu();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < 20_000_000_000L) {
        opened.signals.tryAcquire(1, TimeUnit.SECONDS);
        opened.epoch();
      }
      long used = 0;
      for (Map.Entry<Long, Long> thread : clientCpu().entrySet()) {
        used += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      }
      OUT.printf("idle: %.2f %% of a core%n", 100.0 * used / (System.nanoTime() - begun));
    }
  }

  /** Returns the CPU time of this thread and of the client's threads. */
  private static Map<Long, Long> clientCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> nanos = new HashMap<>();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      boolean client =
          thread != null
              && (thread.getThreadName().contains("vellamo-q")
                  || thread.getThreadId() == Thread.currentThread().getId());
      if (client) {
        nanos.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos;
  }
}
