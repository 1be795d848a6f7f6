package io.vellamo.jdbc;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ListEpochRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A program that measures the sink beside a bare loop with the same statement, the same batches and
 * a commit for each epoch. Prints rows per second.
 */
final class JdbcSinkThroughput {
  private static final int EPOCHS = 40;
  private static final int BATCH = 500;
  private static final int ROUNDS = 5;

  private JdbcSinkThroughput() {}

  public static void main(String[] arguments) throws Exception {
    int rowsPerEpoch = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    try (PostgreSqlServer server = PostgreSqlServer.start()) {
      for (String parameters : List.of("", "?reWriteBatchedInserts=true")) {
        String url = server.url() + parameters;
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          double bare = bare(server, url, rowsPerEpoch);
          double sink = sink(server, url, rowsPerEpoch);
          // The first round compiles.
          if (round > 0) {
            shares.add(sink / bare);
            System.out.printf(
                Locale.ROOT,
                "%s bare %.0f sink %.0f share %.2f%n",
                parameters,
                bare,
                sink,
                sink / bare);
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%s mean share %.2f%n",
            parameters,
            shares.stream().mapToDouble(share -> share).average().orElseThrow());
      }
    }
  }

  private static List<NumberRow> rows(int epoch, int count) {
    return IntStream.range(0, count).mapToObj(i -> NumberRow.of(epoch * count + i)).toList();
  }

  private static void createTable(PostgreSqlServer server) throws Exception {
    server.execute("DROP TABLE IF EXISTS rows, vellamo_epochs");
    server.execute("CREATE TABLE rows (number INT PRIMARY KEY, text VARCHAR(20))");
  }

  private static double bare(PostgreSqlServer server, String url, int count) throws Exception {
    createTable(server);
    try (Connection connection = DriverManager.getConnection(url, PostgreSqlServer.USER, "")) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        try (PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO rows (number, text) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET"
                    + " text = EXCLUDED.text")) {
          int pending = 0;
          for (NumberRow row : rows(epoch, count)) {
            statement.setInt(1, row.number());
            statement.setString(2, row.text());
            statement.addBatch();
            if (++pending % BATCH == 0) {
              statement.executeBatch();
            }
          }
          statement.executeBatch();
        }
        connection.commit();
      }
      return EPOCHS * count / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static double sink(PostgreSqlServer server, String url, int count) throws Exception {
    createTable(server);
    JdbcSink<NumberRow> sink =
        JdbcSink.upsert(
                JdbcDatabase.at(url, PostgreSqlServer.USER, ""),
                "rows",
                RecordColumns.of(NumberRow.class),
                "number")
            .createEpochsTable();
    try (SinkWriter<NumberRow> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      long start = System.nanoTime();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        writer.write(new ListEpochRows<>("q", epoch + 1, rows(epoch, count)));
      }
      return EPOCHS * count / ((System.nanoTime() - start) / 1e9);
    }
  }
}
