package io.vellamo.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.RetryableException;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.window.Window;
import io.vellamo.servers.CassandraExtension;
import io.vellamo.servers.CassandraServer;
import io.vellamo.testkit.ListEpochRows;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CassandraExtension.class)
final class CassandraSinkTest {
  enum Color {
    RED
  }

  record AllTypes(
      String text,
      boolean flag,
      short small,
      int whole,
      long big,
      float realNumber,
      double doubleNumber,
      BigDecimal exact,
      Instant moment,
      LocalDate day,
      LocalTime timeOfDay,
      UUID uuid,
      Color color,
      @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
      Window window,
      Optional<Long> maybe) {}

  record Unsupported(Duration duration) {}

  private final TestCluster cluster;
  private final String table = TestCluster.newTable();

  CassandraSinkTest(CassandraServer server) {
    cluster = TestCluster.of(server);
  }

  @BeforeEach
  void createTables() {
    upsert().tablesCql().forEach(cluster::execute);
  }

  @AfterEach
  void closeSession() {
    cluster.close();
  }

  @Test
  void metrics_countTheRows() throws Exception {
    try (SinkWriter<Score> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, Score.of(1), Score.of(2)));
      writer.write(ListEpochRows.of("q", 2, Score.of(1)));

      assertThat(writer.metrics()).containsEntry("rowsWritten", 3L).containsKey("lastWriteMillis");
    }
  }

  @Test
  void earlierEpoch_writtenByAFormerProcess_replacesNothingLater() throws Exception {
    try (SinkWriter<Score> former = open(upsert(), 0);
        SinkWriter<Score> later = open(upsert(), 1)) {
      later.write(ListEpochRows.of("q", 2, new Score(1, "second")));

      former.write(ListEpochRows.of("q", 1, new Score(1, "first"), new Score(2, "first")));
    }

    assertThat(scores()).containsExactly("1,second", "2,first");
  }

  @Test
  void newRunOfTheName_replacesTheRowsOfTheFormer() throws Exception {
    try (SinkWriter<Score> former = open(upsert(), 0)) {
      former.write(ListEpochRows.of("q", 1, new Score(1, "former")));
    }

    try (SinkWriter<Score> writer = upsert().open(new SinkContext("q", new UUID(2, 2), 0))) {
      writer.write(ListEpochRows.of("q", 1, new Score(1, "new")));
    }

    assertThat(scores()).containsExactly("1,new");
  }

  @Test
  void rowOfAnotherProgram_fromBeforeTheQuery_isReplaced() throws Exception {
    cluster.execute("INSERT INTO " + table + " (number, text) VALUES (1, 'by hand')");

    try (SinkWriter<Score> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, new Score(1, "row")));
    }

    assertThat(scores()).containsExactly("1,row");
  }

  @Test
  void rowsOfOneKey_leaveTheLast() throws Exception {
    List<Score> rows = IntStream.range(0, 3_000).mapToObj(i -> new Score(i % 7, "v" + i)).toList();

    try (SinkWriter<Score> writer = open(upsert(), 0)) {
      writer.write(new ListEpochRows<>("q", 1, rows));
    }

    assertThat(scores())
        .containsExactlyElementsOf(
            IntStream.range(0, 7).mapToObj(i -> i + ",v" + lastOf(i)).toList());
  }

  private static int lastOf(int key) {
    int last = 2_999;
    while (last % 7 != key) {
      last--;
    }
    return last;
  }

  @Test
  void deletion_removesTheRow_andALaterRowReturns() throws Exception {
    CassandraSink<Score> sink =
        CassandraSink.upsertOrDelete(
            cluster.cluster(),
            table,
            RecordColumns.of(Score.class),
            CassandraKey.of("number"),
            row -> row.text().isEmpty());
    try (SinkWriter<Score> writer = open(sink, 0)) {
      writer.write(ListEpochRows.of("q", 1, Score.of(1), Score.of(2), Score.of(3)));
      writer.write(
          ListEpochRows.of("q", 2, new Score(1, ""), new Score(2, ""), new Score(2, "again")));
      assertThat(scores()).containsExactly("2,again", "3,row 3");

      writer.write(ListEpochRows.of("q", 3, Score.of(1)));
      // An epoch that is written again must not bring back what a later one has changed.
      writer.write(ListEpochRows.of("q", 2, new Score(1, ""), new Score(2, "again")));
    }

    assertThat(scores()).containsExactly("1,row 1", "2,again", "3,row 3");
  }

  @Test
  void statementOfTheUser_isExecutedForTheLastRowOfEachKey() throws Exception {
    CassandraSink<String> sink =
        CassandraSink.statement(
            cluster.cluster(),
            table,
            "UPDATE " + table + " SET text = ? WHERE number = ?",
            String::length,
            (statement, row) -> statement.setString(0, row).setInt(1, row.length()));
    try (SinkWriter<String> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      writer.write(ListEpochRows.of("q", 1, "a", "bb", "c"));
    }

    assertThat(scores()).containsExactly("1,c", "2,bb");
  }

  @Test
  void values_ofAllClasses_arePreserved() throws Exception {
    CassandraSink<AllTypes> sink =
        CassandraSink.upsert(
                cluster.cluster(),
                "shop.all_types",
                RecordColumns.of(AllTypes.class),
                CassandraKey.of("text", "whole").clusteredBy("moment"))
            .createTables();
    AllTypes row =
        new AllTypes(
            "päivää",
            true,
            (short) 2,
            3,
            4,
            5.5f,
            6.25,
            new BigDecimal("7.12345"),
            Instant.parse("2026-01-01T12:00:00.123456Z"),
            LocalDate.parse("2026-01-01"),
            LocalTime.parse("23:59:59.123456789"),
            new UUID(8, 9),
            Color.RED,
            new byte[] {1, 2},
            new Window(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z")),
            Optional.empty());

    try (SinkWriter<AllTypes> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      writer.write(ListEpochRows.of("q", 1, row));
    }

    Row read = cluster.session().execute("SELECT * FROM shop.all_types").one();
    assertThat(read).isNotNull();
    assertThat(read.getString("text")).isEqualTo("päivää");
    assertThat(read.getInstant("moment")).isEqualTo("2026-01-01T12:00:00.123Z");
    assertThat(read.getShort("small")).isEqualTo((short) 2);
    assertThat(read.getLong("big")).isEqualTo(4);
    assertThat(read.getBigDecimal("exact")).isEqualTo("7.12345");
    assertThat(read.getLocalDate("day")).isEqualTo("2026-01-01");
    assertThat(read.getLocalTime("time_of_day")).isEqualTo("23:59:59.123456789");
    assertThat(read.getUuid("uuid")).isEqualTo(new UUID(8, 9));
    assertThat(read.getString("color")).isEqualTo("RED");
    assertThat(read.getByteBuffer("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(read.getInstant("window_end")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(read.isNull("maybe")).isTrue();
  }

  @Test
  void tablesCql_saysTheTypesAndTheKey() {
    record Sale(String shop, Instant at, long amount) {}

    CassandraSink<Sale> sink =
        CassandraSink.upsert(
            cluster.cluster(),
            "shop.sales",
            RecordColumns.of(Sale.class).withColumn("at", "sold_at"),
            CassandraKey.of("shop").clusteredBy("sold_at"));

    assertThat(sink.tablesCql().get(0))
        .isEqualTo(
            """
            CREATE TABLE IF NOT EXISTS "shop"."sales" (
              "shop" text,
              "sold_at" timestamp,
              "amount" bigint,
              PRIMARY KEY (("shop"), "sold_at")
            )\
            """);
  }

  @Test
  void tableThatIsMissing_isNotRetryable() {
    CassandraSink<Score> sink =
        CassandraSink.upsert(
            cluster.cluster(),
            "shop.missing",
            RecordColumns.of(Score.class),
            CassandraKey.of("number"));

    assertThatThrownBy(() -> open(sink, 0))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Cluster of sink [Cassandra[shop.missing of CqlSession]] must accept the statements of"
                + " opening, failed with [InvalidQueryException]; correct the statement, mapping or"
                + " table");
  }

  @Test
  void nodeThatIsMissing_isRetryable() {
    CassandraCluster nowhere =
        CassandraCluster.at(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)), "datacenter1");
    CassandraSink<Score> sink =
        CassandraSink.upsert(
            nowhere, table, RecordColumns.of(Score.class), CassandraKey.of("number"));

    assertThatThrownBy(() -> open(sink, 0))
        .isInstanceOf(RetryableException.class)
        .hasMessageContaining(
            "must be available for opening, failed with [AllNodesFailedException]");
  }

  @Test
  void rowThatIsRefused_failsTheEpoch() throws Exception {
    CassandraSink<String> sink =
        CassandraSink.statement(
            cluster.cluster(),
            table,
            "UPDATE " + table + " SET text = ? WHERE number = ?",
            row -> row,
            (statement, row) -> statement.setString(0, row));
    try (SinkWriter<String> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, "a", "b")))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining(
              "must accept the statements of epoch [1], failed with [InvalidQueryException]");
    }
  }

  @Test
  void wholeResult_isRefused() {
    assertThatThrownBy(
            () -> upsert().open(new SinkContext("q", new UUID(1, 1), 0, OutputMode.COMPLETE)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("Mode must be APPEND or UPDATE");
  }

  @Test
  void arguments_areChecked() {
    RecordColumns<Score> columns = RecordColumns.of(Score.class);

    assertThatThrownBy(
            () ->
                CassandraSink.upsert(
                    cluster.cluster(), "scores", columns, CassandraKey.of("number")))
        .hasMessage(
            "table must be a keyspace and a name of letters, digits and _, such as [shop.orders],"
                + " was [scores]");
    assertThatThrownBy(
            () -> CassandraSink.upsert(cluster.cluster(), table, columns, CassandraKey.of("id")))
        .hasMessage("key columns must be among [number, text], was [id]");
    assertThatThrownBy(CassandraKey::of)
        .hasMessage("partition must have at least one column, was []");
    assertThatThrownBy(() -> upsert().withMaxInFlight(0))
        .hasMessage("requests must be positive, was [0]");
    assertThatThrownBy(
            () ->
                CassandraSink.upsert(
                    cluster.cluster(),
                    "shop.x",
                    RecordColumns.of(Unsupported.class),
                    CassandraKey.of("duration")))
        .hasMessageStartingWith("component [duration] of [Unsupported] must be a text, number");
  }

  private CassandraSink<Score> upsert() {
    return CassandraSink.upsert(
        cluster.cluster(), table, RecordColumns.of(Score.class), CassandraKey.of("number"));
  }

  private static SinkWriter<Score> open(CassandraSink<Score> sink, long committed)
      throws Exception {
    return sink.open(new SinkContext("q", new UUID(1, 1), committed));
  }

  private List<String> scores() {
    return cluster.rows("SELECT number, text FROM " + table);
  }
}
