package io.vellamo.webhook;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** An open sink of a test, with quick retries. */
record WebhookRun(SinkWriter<Row> writer) implements AutoCloseable {
  private static final UUID QUERY = UUID.fromString("6f1c1f0e-6f0b-4d36-9e0c-2f4f8d8a2b11");

  /**
   * A row.
   *
   * @param key its key of order
   */
  record Row(String key, int number) {}

  /** Rows that come from one shard each. */
  record RowsOfShards(long epoch, List<Row> rows, int shards) implements EpochRows<Row> {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public Row row(int index) {
      return rows.get(index);
    }

    @Override
    public RowId id(int index) {
      return new RowId("q", epoch, index % shards, index / shards);
    }
  }

  static WebhookSink<Row> sink(FaultyServer server) {
    return Webhook.<Row>sink(server.uri())
        .withRetries(3, Duration.ofMillis(5), Duration.ofMillis(20));
  }

  static WebhookRun open(WebhookSink<Row> sink) throws Exception {
    return new WebhookRun(sink.open(new SinkContext("q 1", QUERY, 0)));
  }

  void write(long epoch, Row... rows) throws Exception {
    writer.write(ListEpochRows.of("q 1", epoch, rows));
  }

  @Override
  public void close() {
    writer.close();
  }
}
