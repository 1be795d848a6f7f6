package io.vellamo.kafka;

import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.testkit.ListEpochRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A program that compares 1, 2 and 4 ranges with a bare producer in transactions. Broker and
 * clients share this JVM.
 */
final class KafkaRangesThroughput {
  private static final int EPOCHS = 8;
  private static final int ROWS = 20_000;
  private static final int ROUNDS = 3;
  private static final UUID QUERY = new UUID(1, 1);

  private final KafkaBroker broker = KafkaBroker.shared();

  private KafkaRangesThroughput() {}

  public static void main(String[] arguments) throws Exception {
    new KafkaRangesThroughput().run();
    System.exit(0);
  }

  private void run() throws Exception {
    List<List<String>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int number = epoch;
      epochs.add(
          IntStream.range(0, ROWS)
              .mapToObj(i -> "row " + i + " of " + number + " " + "x".repeat(80))
              .toList());
    }
    int[] ranges = {0, 1, 2, 4};
    double[][] rates = new double[ranges.length][ROUNDS];
    // The first round compiles.
    for (int round = -1; round < ROUNDS; round++) {
      for (int each = 0; each < ranges.length; each++) {
        double rate = ranges[each] == 0 ? bare(epochs) : sink(epochs, ranges[each]);
        if (round >= 0) {
          rates[each][round] = rate;
        }
      }
    }
    for (int each = 0; each < ranges.length; each++) {
      Arrays.sort(rates[each]);
      System.out.printf(
          Locale.ROOT,
          "%s: %.0f rows/s (median)%n",
          ranges[each] == 0 ? "bare loop" : ranges[each] + " ranges",
          rates[each][ROUNDS / 2]);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit waits for all records
  private double bare(List<List<String>> epochs) throws Exception {
    String topic = broker.topic(4);
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      long start = System.nanoTime();
      for (List<String> rows : epochs) {
        producer.beginTransaction();
        rows.forEach(row -> producer.send(new ProducerRecord<>(topic, row)));
        producer.commitTransaction();
      }
      return rate(start);
    }
  }

  private double sink(List<List<String>> epochs, int ranges) throws Exception {
    KafkaSink<String> sink =
        KafkaSink.of(broker.servers(), broker.topic(4), StringSerializer::new, row -> row);
    List<ShardWriter<String>> writers = new ArrayList<>();
    for (ShardRange range : ShardRange.split(ranges, ranges)) {
      writers.add(sink.open(new SinkContext("q", QUERY, 0), range, 1));
    }
    ExecutorService threads = Executors.newFixedThreadPool(ranges);
    try {
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        all(threads, writes(writers, epoch + 1, epochs.get(epoch)));
        // As the query does: only once all ranges have written.
        all(threads, commits(writers, epoch + 1));
      }
      return rate(start);
    } finally {
      threads.shutdown();
      writers.forEach(ShardWriter::close);
    }
  }

  private static void all(ExecutorService threads, List<Callable<Long>> calls) throws Exception {
    for (Future<Long> call : threads.invokeAll(calls)) {
      call.get();
    }
  }

  private static List<Callable<Long>> writes(
      List<ShardWriter<String>> writers, long epoch, List<String> rows) {
    int count = rows.size() / writers.size();
    List<Callable<Long>> writes = new ArrayList<>();
    for (int range = 0; range < writers.size(); range++) {
      ShardWriter<String> writer = writers.get(range);
      List<String> own = rows.subList(range * count, (range + 1) * count);
      writes.add(
          () -> {
            writer.write(new ListEpochRows<>("q", epoch, own));
            return epoch;
          });
    }
    return writes;
  }

  private static List<Callable<Long>> commits(List<ShardWriter<String>> writers, long epoch) {
    List<Callable<Long>> commits = new ArrayList<>();
    for (ShardWriter<String> writer : writers) {
      commits.add(
          () -> {
            writer.commit(epoch);
            return epoch;
          });
    }
    return commits;
  }

  private static double rate(long start) {
    return EPOCHS * ROWS / ((System.nanoTime() - start) / 1e9);
  }
}
