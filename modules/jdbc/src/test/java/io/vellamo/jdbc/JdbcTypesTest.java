package io.vellamo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.api.window.Window;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values of all classes, written to a table and read from it. */
@ExtendWith(PostgreSqlExtension.class)
final class JdbcTypesTest {
  private static final String TABLE =
      """
      CREATE TABLE all_types (id BIGINT PRIMARY KEY, text VARCHAR(100), flag BOOLEAN, small SMALLINT,
        whole INT, real_number REAL, double_number DOUBLE PRECISION, exact NUMERIC(20, 5),
        moment TIMESTAMP WITH TIME ZONE, local TIMESTAMP, local_date DATE, time_of_day TIME, uuid UUID,
        color VARCHAR(10), window_start TIMESTAMP WITH TIME ZONE, window_end TIMESTAMP WITH TIME ZONE,
        maybe BIGINT, nothing UUID)
      """;

  enum Color {
    RED
  }

  record AllTypes(
      long id,
      String text,
      boolean flag,
      short small,
      int whole,
      float realNumber,
      double doubleNumber,
      BigDecimal exact,
      Instant moment,
      LocalDateTime local,
      LocalDate localDate,
      LocalTime timeOfDay,
      UUID uuid,
      Color color,
      Window window,
      Optional<Long> maybe,
      @Nullable UUID nothing) {}

  record Unsupported(Duration duration) {}

  private static final AllTypes ONE =
      new AllTypes(
          1,
          "päivää",
          true,
          (short) 2,
          3,
          4.5f,
          6.25,
          new BigDecimal("7.12345"),
          Instant.parse("2026-01-01T12:00:00.123456Z"),
          LocalDateTime.parse("2026-01-01T12:00:00.5"),
          LocalDate.parse("2026-01-01"),
          LocalTime.parse("23:59:59"),
          new UUID(8, 9),
          Color.RED,
          new Window(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z")),
          Optional.of(10L),
          null);

  private final PostgreSqlServer server;

  JdbcTypesTest(PostgreSqlServer server) {
    this.server = server;
  }

  @Test
  void values_ofAllClasses_arePreserved_inPostgreSql() throws Exception {
    server.execute("DROP TABLE IF EXISTS all_types, vellamo_epochs");

    assertThat(writtenAndRead(server.dataSource())).containsExactly(ONE);
  }

  @Test
  void values_ofAllClasses_arePreserved_inH2() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:mem:types;DB_CLOSE_DELAY=-1");

    assertThat(writtenAndRead(h2)).containsExactly(ONE);
  }

  @Test
  void upsert_inH2_replacesTheRow_andAWholeResultTheTable() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setUrl("jdbc:h2:mem:upsert;DB_CLOSE_DELAY=-1");
    Tables.execute(h2, "CREATE TABLE pairs (number INT PRIMARY KEY, text VARCHAR(20))");
    JdbcSink<NumberRow> sink =
        JdbcSink.upsert(JdbcDatabase.of(h2), "pairs", RecordColumns.of(NumberRow.class), "number")
            .createEpochsTable();
    try (SinkWriter<NumberRow> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1), NumberRow.of(2)));
      writer.write(ListEpochRows.of("q", 2, new NumberRow(1, "new")));
    }
    assertThat(Tables.rows(h2, "SELECT * FROM pairs ORDER BY number"))
        .containsExactly("1,new", "2,row 2");

    SinkContext complete = new SinkContext("q", new UUID(1, 1), 2, OutputMode.COMPLETE);
    try (SinkWriter<NumberRow> writer = sink.open(complete)) {
      writer.write(ListEpochRows.of("q", 3, NumberRow.of(3)));
    }
    assertThat(Tables.rows(h2, "SELECT * FROM pairs")).containsExactly("3,row 3");
  }

  @Test
  void classWithoutAType_isRefused() {
    assertThatThrownBy(
            () ->
                JdbcSink.insert(
                    JdbcDatabase.of(server.dataSource()), "x", RecordColumns.of(Unsupported.class)))
        .hasMessage(
            "component [duration] of [Unsupported] must be a text, number, truth value, time, UUID,"
                + " enum or byte[], was [java.time.Duration]; use statement(database, table, sql,"
                + " binder)");
  }

  private static List<AllTypes> writtenAndRead(DataSource dataSource) throws Exception {
    Tables.execute(dataSource, TABLE);
    JdbcDatabase database = JdbcDatabase.of(dataSource);
    RecordColumns<AllTypes> columns = RecordColumns.of(AllTypes.class);
    JdbcSink<AllTypes> sink =
        JdbcSink.upsert(database, "all_types", columns, "id").createEpochsTable();
    try (SinkWriter<AllTypes> writer = sink.open(new SinkContext("q", new UUID(1, 1), 0))) {
      writer.write(ListEpochRows.of("q", 1, ONE));
    }
    ManualClock clock = ManualClock.at(Instant.EPOCH);
    JdbcSource<AllTypes> source =
        JdbcSource.table(database, "all_types", "id", columns).withSettle(Duration.ofSeconds(1));
    List<AllTypes> read = new ArrayList<>();
    try (SourceReader<AllTypes> reader =
        source.open(new SourceContext("q", Offsets.none(), false, clock, () -> {}))) {
      reader.latest();
      clock.advance(Duration.ofSeconds(1));
      for (OffsetRange range : reader.plan(Offsets.none(), reader.latest(), 10)) {
        try (RangeReader<AllTypes> rows = reader.read(range)) {
          rows.read(into(read), 10);
        }
      }
    }
    return read;
  }

  private static EventCollector<AllTypes> into(List<AllTypes> read) {
    return new EventCollector<>() {
      @Override
      public void event(AllTypes event, long offset) {
        read.add(event);
      }

      @Override
      public void deadLetter(long offset, String reason, @Nullable String entry) {
        throw new AssertionError(reason);
      }
    };
  }
}
