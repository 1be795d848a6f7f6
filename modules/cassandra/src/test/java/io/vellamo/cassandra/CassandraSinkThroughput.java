package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.servers.CassandraServer;
import io.vellamo.testkit.ListEpochRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * A program that measures the sink beside a bare loop with the same statement and as many requests
 * in flight. Prints rows per second.
 */
final class CassandraSinkThroughput {
  private static final int EPOCHS = 10;
  private static final int ROWS_PER_EPOCH = 5_000;
  private static final int IN_FLIGHT = 256;
  private static final int ROUNDS = 6;

  private CassandraSinkThroughput() {}

  public static void main(String[] arguments) throws Exception {
    try (CassandraServer server = CassandraServer.start();
        TestCluster cluster = TestCluster.of(server)) {
      CassandraSink<Score> sink =
          CassandraSink.upsert(
              cluster.cluster(),
              "shop.scores",
              RecordColumns.of(Score.class),
              CassandraKey.of("number"));
      sink.tablesCql().forEach(cluster::execute);
      List<Double> shares = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        double bare = bare(cluster.session());
        double measured = sink(sink);
        // The first rounds compile, in this program and in the server.
        if (round > 1) {
          shares.add(measured / bare);
          System.out.printf(
              Locale.ROOT, "bare %.0f sink %.0f share %.2f%n", bare, measured, measured / bare);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "mean share %.2f%n",
          shares.stream().mapToDouble(share -> share).average().orElseThrow());
    }
  }

  private static List<Score> rows(int epoch) {
    return IntStream.range(0, ROWS_PER_EPOCH)
        .mapToObj(i -> Score.of(epoch * ROWS_PER_EPOCH + i))
        .toList();
  }

  private static double bare(CqlSession session) throws InterruptedException {
    PreparedStatement insert =
        session.prepare("INSERT INTO shop.scores (number, text) VALUES (?, ?)");
    Semaphore permits = new Semaphore(IN_FLIGHT);
    long start = System.nanoTime();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (Score row : rows(epoch)) {
        permits.acquire();
        session
            .executeAsync(insert.bind(row.number(), row.text()))
            .whenComplete((done, failed) -> permits.release());
      }
      permits.acquire(IN_FLIGHT);
      permits.release(IN_FLIGHT);
    }
    return EPOCHS * ROWS_PER_EPOCH / ((System.nanoTime() - start) / 1e9);
  }

  private static double sink(CassandraSink<Score> sink) throws Exception {
    try (SinkWriter<Score> writer =
        sink.open(new SinkContext("q", new UUID(1, System.nanoTime()), 0))) {
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        writer.write(new ListEpochRows<>("q", epoch + 1, rows(epoch)));
      }
      return EPOCHS * ROWS_PER_EPOCH / ((System.nanoTime() - start) / 1e9);
    }
  }
}
