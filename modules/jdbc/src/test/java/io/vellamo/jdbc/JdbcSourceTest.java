package io.vellamo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ManualClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSqlExtension.class)
final class JdbcSourceTest {
  private final PostgreSqlServer server;
  private final JdbcDatabase database;
  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> entries = new ArrayList<>();
  private Offsets read = Offsets.none();

  JdbcSourceTest(PostgreSqlServer server) {
    this.server = server;
    this.database = JdbcDatabase.of(server.dataSource());
  }

  @BeforeEach
  void createTable() throws SQLException {
    server.execute("DROP TABLE IF EXISTS input");
    server.execute("CREATE TABLE input (id BIGSERIAL PRIMARY KEY, number INT, text TEXT)");
  }

  @Test
  void transaction_thatCommitsLate_isReadInTheOrderOfKeys() throws Exception {
    try (SourceReader<NumberRow> reader = open(source());
        Connection late = begin()) {
      insert(late, 1);
      server.execute("INSERT INTO input (number, text) VALUES (2, 'row 2')");

      readAvailable(reader);
      assertThat(entries).as("row 2 waits for the transaction with the lower key").isEmpty();

      late.commit();
      readAvailable(reader);
      assertThat(entries).containsExactly("1:row 1", "2:row 2");
    }
  }

  @Test
  void metrics_haveTheLag() throws Exception {
    server.execute("INSERT INTO input (number) SELECT * FROM generate_series(1, 5)");
    try (SourceReader<NumberRow> reader = open(source())) {
      Offsets end = reader.latest();

      List<OffsetRange> first = reader.plan(Offsets.none(), end, 2);
      assertThat(reader.metrics()).containsEntry("lag", 3L);
      reader.plan(Offsets.none().advance(first), end, 10);
      assertThat(reader.metrics()).containsEntry("lag", 0L);
    }
  }

  @Test
  void transaction_thatRollsBack_leavesAGap() throws Exception {
    try (SourceReader<NumberRow> reader = open(source());
        Connection late = begin()) {
      insert(late, 1);
      server.execute("INSERT INTO input (number, text) VALUES (2, 'row 2')");
      readAvailable(reader);
      late.rollback();

      readAvailable(reader);

      assertThat(entries).containsExactly("2:row 2");
    }
  }

  @Test
  void writersThatOverlap_delayARow_onlyAsLongAsThoseItWasSeenWith() throws Exception {
    try (SourceReader<NumberRow> reader = open(source());
        Connection first = begin();
        Connection second = begin()) {
      insert(first, 1);
      server.execute("INSERT INTO input (number, text) VALUES (2, 'row 2')");
      readAvailable(reader);
      insert(second, 3);
      first.commit();

      readAvailable(reader);

      assertThat(entries).containsExactly("1:row 1", "2:row 2");
      second.commit();
      readAvailable(reader);
      assertThat(entries).containsExactly("1:row 1", "2:row 2", "3:row 3");
    }
  }

  @Test
  void longTransaction_thatOnlyReads_delaysNothing() throws Exception {
    try (SourceReader<NumberRow> reader = open(source());
        Connection reading = begin()) {
      try (Statement statement = reading.createStatement()) {
        statement.execute("SELECT pg_current_xact_id(), (SELECT count(*) FROM input)");
      }
      server.execute("INSERT INTO input (number, text) VALUES (1, 'row 1')");

      readAvailable(reader);

      assertThat(entries).containsExactly("1:row 1");
    }
  }

  @Test
  void settle_delaysRows_untilTheyHaveBeenKnownForThatTime() throws Exception {
    try (SourceReader<NumberRow> reader = open(source().withSettle(Duration.ofSeconds(5)));
        Connection late = begin()) {
      insert(late, 1);
      server.execute("INSERT INTO input (number, text) VALUES (2, 'row 2')");
      readAvailable(reader);
      clock.advance(Duration.ofMillis(4_999));
      late.commit();
      readAvailable(reader);
      assertThat(entries).isEmpty();

      clock.advance(Duration.ofMillis(1));
      readAvailable(reader);

      assertThat(entries).containsExactly("1:row 1", "2:row 2");
    }
  }

  @Test
  void boundedQuery_waitsForWhatItSees() throws Exception {
    try (Connection late = begin()) {
      insert(late, 1);
      server.execute("INSERT INTO input (number, text) VALUES (2, 'row 2')");
      try (SourceReader<NumberRow> reader =
          source().open(new SourceContext("q", Offsets.none(), true, clock, () -> {}))) {
        CompletableFuture<Offsets> latest = CompletableFuture.supplyAsync(() -> latest(reader));
        late.commit();

        Offsets end = latest.join();

        assertThat(end.asMap().values()).containsExactly(3L);
      }
    }
  }

  @Test
  void rowThatIsNoEvent_isADeadLetter_withoutItsValues() throws Exception {
    server.execute("INSERT INTO input (number, text) VALUES (NULL, 'secret'), (2, 'row 2')");

    try (SourceReader<NumberRow> reader = open(source())) {
      readAvailable(reader);
    }

    assertThat(entries)
        .containsExactly(
            "1 is not an event: component [number] of type [int] must not be null", "2:row 2");
  }

  @Test
  void numberOutOfRange_isADeadLetter() throws Exception {
    server.execute("ALTER TABLE input ALTER COLUMN number TYPE BIGINT");
    server.execute("INSERT INTO input (number, text) VALUES (5000000000, 'row')");

    try (SourceReader<NumberRow> reader = open(source())) {
      readAvailable(reader);
    }

    assertThat(entries)
        .containsExactly("1 is not an event: row must have the columns' types, SQLState [22003]");
  }

  @Test
  void mapperThatThrows_makesADeadLetter() throws Exception {
    server.execute("INSERT INTO input (number, text) VALUES (1, 'secret')");
    JdbcSource<NumberRow> source =
        JdbcSource.table(
            database,
            "input",
            "id",
            row -> {
              throw new IllegalStateException(row.getString("text"));
            });

    try (SourceReader<NumberRow> reader = open(source)) {
      readAvailable(reader);
    }

    assertThat(entries)
        .containsExactly(
            "1 is not an event: row must be an event, mapping it threw"
                + " [java.lang.IllegalStateException]");
  }

  @Test
  void column_thatIsMissing_failsTheQuery() throws Exception {
    server.execute("INSERT INTO input (number, text) VALUES (1, 'row')");
    server.execute("ALTER TABLE input DROP COLUMN text");

    try (SourceReader<NumberRow> reader = open(source())) {
      assertThatThrownBy(() -> readAvailable(reader))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("range [0, 2), failed with SQLState [42703]");
    }
  }

  @Test
  void table_thatIsMissing_failsTheQuery() throws Exception {
    server.execute("DROP TABLE input");

    try (SourceReader<NumberRow> reader = open(source())) {
      assertThatThrownBy(reader::latest)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("SQLState [42P01] (syntax, name or permission)");
    }
  }

  @Test
  void firstKey_isWhereANewQueryBegins() throws Exception {
    server.execute(
        "INSERT INTO input (number, text) SELECT n, 'row ' || n FROM generate_series(1, 5) n");

    try (SourceReader<NumberRow> reader = open(source().startingAt(4))) {
      readAvailable(reader);
    }

    assertThat(entries).containsExactly("4:row 4", "5:row 5");
  }

  @Test
  void otherDatabase_needsASettle() {
    JdbcSource<NumberRow> source =
        JdbcSource.table(
            JdbcDatabase.at("jdbc:h2:mem:settle", "", ""),
            "input",
            "id",
            RecordColumns.of(NumberRow.class));

    assertThatThrownBy(() -> open(source))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(
            "must know when rows are complete, which only a PostgreSQL primary tells");
  }

  private JdbcSource<NumberRow> source() {
    return JdbcSource.table(database, "input", "id", RecordColumns.of(NumberRow.class));
  }

  private SourceReader<NumberRow> open(JdbcSource<NumberRow> source) throws Exception {
    return source.open(new SourceContext("q", Offsets.none(), false, clock, () -> {}));
  }

  private Connection begin() throws SQLException {
    Connection connection = server.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void insert(Connection connection, int number) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO input (number, text) VALUES (%d, 'row %d')".formatted(number, number));
    }
  }

  private static Offsets latest(SourceReader<?> reader) {
    try {
      return reader.latest();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void readAvailable(SourceReader<NumberRow> reader) throws Exception {
    List<OffsetRange> ranges = reader.plan(read, reader.latest(), Long.MAX_VALUE);
    for (OffsetRange range : ranges) {
      try (RangeReader<NumberRow> rows = reader.read(range)) {
        while (rows.read(new Recorder(), 2)) {}
      }
    }
    read = read.advance(ranges);
  }

  private final class Recorder implements EventCollector<NumberRow> {
    @Override
    public void event(NumberRow event, long offset) {
      entries.add(offset + ":" + event.text());
    }

    @Override
    public void deadLetter(long offset, String reason, @Nullable String entry) {
      entries.add(offset + " is not an event: " + reason);
    }
  }
}
