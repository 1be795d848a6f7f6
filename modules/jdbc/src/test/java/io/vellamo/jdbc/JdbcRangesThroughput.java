package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ListEpochRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A program that compares 1, 2 and 4 ranges with a bare client loop on one connection. */
final class JdbcRangesThroughput {
  private static final int EPOCHS = 30;
  private static final int ROWS = 4_000;
  private static final int BATCH = 500;
  private static final int ROUNDS = 5;
  private static final UUID QUERY = new UUID(1, 1);

  private JdbcRangesThroughput() {}

  public static void main(String[] arguments) throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      String url = server.url() + "?reWriteBatchedInserts=true";
      int[] ranges = {0, 1, 2, 4};
      double[][] rates = new double[ranges.length][ROUNDS];
      // The first round compiles.
      for (int round = -1; round < ROUNDS; round++) {
        for (int each = 0; each < ranges.length; each++) {
          server.execute("DROP TABLE IF EXISTS rows, vellamo_epochs");
          server.execute("CREATE TABLE rows (number INT PRIMARY KEY, text VARCHAR(20))");
          double rate = ranges[each] == 0 ? bare(url) : sink(url, ranges[each]);
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
  }

  private static List<NumberRow> rows(int epoch, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> NumberRow.of(epoch * ROWS + i))
        .toList();
  }

  private static double bare(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, PostgreSqlServer.USER, "")) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        try (PreparedStatement statement =
            connection.prepareStatement("INSERT INTO rows (number, text) VALUES (?, ?)")) {
          int pending = 0;
          for (NumberRow row : rows(epoch, 0, ROWS)) {
            statement.setInt(1, row.number());
            statement.setString(2, row.text());
            statement.addBatch();
            if (++pending % BATCH == 0) {
              statement.executeBatch();
            }
          }
        }
        connection.commit();
      }
      return rate(start);
    }
  }

  private static double sink(String url, int ranges) throws Exception {
    JdbcSink<NumberRow> sink =
        JdbcSink.insert(
                JdbcDatabase.at(url, PostgreSqlServer.USER, ""),
                "rows",
                RecordColumns.of(NumberRow.class))
            .createEpochsTable();
    List<ShardWriter<NumberRow>> writers = new ArrayList<>();
    for (ShardRange range : ShardRange.split(ranges, ranges)) {
      writers.add(sink.open(new SinkContext("q", QUERY, 0), range, 1));
    }
    ExecutorService threads = Executors.newFixedThreadPool(ranges);
    try {
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (Future<Long> written : threads.invokeAll(writes(writers, epoch))) {
          written.get();
        }
      }
      return rate(start);
    } finally {
      threads.shutdown();
      writers.forEach(ShardWriter::close);
    }
  }

  private static List<Callable<Long>> writes(List<ShardWriter<NumberRow>> writers, int epoch) {
    int count = ROWS / writers.size();
    List<Callable<Long>> writes = new ArrayList<>();
    for (int range = 0; range < writers.size(); range++) {
      ShardWriter<NumberRow> writer = writers.get(range);
      List<NumberRow> own = rows(epoch, range * count, count);
      writes.add(
          () -> {
            writer.write(new ListEpochRows<>("q", epoch + 1, own));
            writer.commit(epoch + 1);
            return 1L;
          });
    }
    return writes;
  }

  private static double rate(long start) {
    return EPOCHS * ROWS / ((System.nanoTime() - start) / 1e9);
  }
}
