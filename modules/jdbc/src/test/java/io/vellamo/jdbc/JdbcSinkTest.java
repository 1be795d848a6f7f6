package io.vellamo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ListEpochRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgreSqlExtension.class)
final class JdbcSinkTest {
  private static final UUID RUN = new UUID(1, 1);
  private static final UUID OTHER_RUN = new UUID(2, 2);

  private final PostgreSqlServer server;
  private final JdbcDatabase database;

  JdbcSinkTest(PostgreSqlServer server) {
    this.server = server;
    this.database = JdbcDatabase.of(server.dataSource());
  }

  @BeforeEach
  void createTables() throws SQLException {
    server.execute("DROP TABLE IF EXISTS rows, vellamo_epochs, other_epochs");
    server.execute("CREATE TABLE rows (number INT PRIMARY KEY, text VARCHAR(10))");
    server.execute(upsert().epochsTableDdl());
  }

  @Test
  void metrics_countTheRows() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1), NumberRow.of(2)));
      writer.write(ListEpochRows.of("q", 2, NumberRow.of(3)));

      assertThat(writer.metrics()).containsEntry("rowsWritten", 3L).containsKey("lastWriteMillis");
    }
  }

  @Test
  void formerOwner_isRefused_andItsRowsAreNotWritten() throws Exception {
    try (SinkWriter<NumberRow> former = open(upsert(), 0);
        SinkWriter<NumberRow> owner = open(upsert(), 0)) {
      owner.write(ListEpochRows.of("q", 1, NumberRow.of(1)));

      assertThatThrownBy(() -> former.write(ListEpochRows.of("q", 2, NumberRow.of(2))))
          .isInstanceOf(JdbcFencedException.class)
          .hasMessage(
              "Sink [%s] must be written by one process at a time, owner [1] has been replaced by"
                  + " [2] before epoch [2]; let the other process go on",
              upsert().description());

      owner.write(ListEpochRows.of("q", 2, NumberRow.of(3)));
    }
    assertThat(rows()).containsExactly("1,row 1", "3,row 3");
  }

  @Test
  void epochWrittenAgain_isKeptAsItWas() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
      server.execute("DELETE FROM rows");

      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
    }

    assertThat(rows()).isEmpty();
  }

  @Test
  void sinksOfOneQuery_countTheirEpochsApart() throws Exception {
    server.execute("DROP TABLE IF EXISTS letters");
    server.execute("CREATE TABLE letters (number INT, text TEXT)");
    JdbcSink<NumberRow> letters =
        JdbcSink.insert(database, "letters", RecordColumns.of(NumberRow.class));
    try (SinkWriter<NumberRow> first = open(letters, 0);
        SinkWriter<NumberRow> second = open(upsert(), 0)) {
      first.write(ListEpochRows.of("q", 1, NumberRow.of(1)));

      second.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
    }

    assertThat(rows()).containsExactly("1,row 1");
  }

  @Test
  void otherRunOfTheName_isRefusedUnlessAccepted() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
    }
    SinkContext other = new SinkContext("q", OTHER_RUN, 0);

    assertThatThrownBy(() -> upsert().open(other))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Table [vellamo_epochs] must not hold epochs of another run of query [q], has epoch [1]"
                + " of [%s], while this run is [%s]; delete that row and the rows of that run, or"
                + " use acceptNewRuns()",
            RUN, OTHER_RUN);
    try (SinkWriter<NumberRow> writer = upsert().acceptNewRuns().open(other)) {
      writer.write(ListEpochRows.of("q", 1, new NumberRow(1, "new")));
    }
    assertThat(rows()).containsExactly("1,new");
  }

  @Test
  void formerRun_isRefused_onceAnotherIsAccepted() throws Exception {
    try (SinkWriter<NumberRow> former = open(upsert(), 0);
        SinkWriter<NumberRow> writer =
            upsert().acceptNewRuns().open(new SinkContext("q", OTHER_RUN, 0))) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));

      assertThatThrownBy(() -> former.write(ListEpochRows.of("q", 2, NumberRow.of(2))))
          .isInstanceOf(JdbcFencedException.class);
    }
  }

  @Test
  void sinkAheadOfItsJournal_isRefused() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
      writer.write(ListEpochRows.of("q", 2, NumberRow.of(2)));
    }

    assertThatThrownBy(() -> open(upsert(), 0))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has epoch [2] where the journal ends at [0]; restore the journal");
    open(upsert(), 1).close();
  }

  @Test
  void sinkAddedToAQuery_beginsAtItsLastEpoch() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 7)) {
      writer.write(ListEpochRows.of("q", 7, NumberRow.of(7)));
      writer.write(ListEpochRows.of("q", 8, NumberRow.of(8)));
    }

    assertThat(rows()).containsExactly("8,row 8");
  }

  @Test
  void wholeResult_replacesTheTable() throws Exception {
    SinkContext complete = new SinkContext("q", RUN, 0, OutputMode.COMPLETE);
    try (SinkWriter<NumberRow> writer = upsert().open(complete)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1), NumberRow.of(2)));
      writer.write(ListEpochRows.of("q", 2, NumberRow.of(2), NumberRow.of(3)));
      assertThat(rows()).containsExactly("2,row 2", "3,row 3");

      writer.write(ListEpochRows.of("q", 3));
    }

    assertThat(rows()).isEmpty();
  }

  @Test
  void wholeResult_inASharedTable_replacesWhatTheStatementDeletes() throws Exception {
    server.execute("INSERT INTO rows VALUES (100, 'other')");
    SinkContext complete = new SinkContext("q", RUN, 0, OutputMode.COMPLETE);
    try (SinkWriter<NumberRow> writer =
        upsert().withDelete("DELETE FROM rows WHERE number < 100").open(complete)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
      writer.write(ListEpochRows.of("q", 2, NumberRow.of(2)));
    }

    assertThat(rows()).containsExactly("2,row 2", "100,other");
  }

  @Test
  void rowsOfOneKey_leaveTheLast_alsoIfTheDriverRewritesBatches() throws Exception {
    JdbcDatabase rewriting =
        JdbcDatabase.at(server.url() + "?reWriteBatchedInserts=true", PostgreSqlServer.USER, "");
    JdbcSink<NumberRow> sink =
        JdbcSink.upsert(rewriting, "rows", RecordColumns.of(NumberRow.class), "number");
    try (SinkWriter<NumberRow> writer = open(sink, 0)) {
      writer.write(
          ListEpochRows.of(
              "q",
              1,
              new NumberRow(1, "a"),
              new NumberRow(1, "b"),
              new NumberRow(2, "c"),
              new NumberRow(1, "d")));
    }

    assertThat(rows()).containsExactly("1,d", "2,c");
  }

  @Test
  void columnsOfAKeyOnly_areInsertedOnce() throws Exception {
    server.execute("DROP TABLE IF EXISTS pairs");
    server.execute("CREATE TABLE pairs (number INT, text TEXT, PRIMARY KEY (number, text))");
    JdbcSink<NumberRow> sink =
        JdbcSink.upsert(database, "pairs", RecordColumns.of(NumberRow.class), "number", "text");
    try (SinkWriter<NumberRow> writer = open(sink, 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));
      writer.write(ListEpochRows.of("q", 2, NumberRow.of(1)));
    }

    assertThat(Tables.rows(server.dataSource(), "SELECT * FROM pairs")).containsExactly("1,row 1");
  }

  @Test
  void violatedConstraint_failsTheEpoch_withoutItsRows() throws Exception {
    JdbcSink<NumberRow> sink = JdbcSink.insert(database, "rows", RecordColumns.of(NumberRow.class));
    try (SinkWriter<NumberRow> writer = open(sink, 0)) {
      writer.write(ListEpochRows.of("q", 1, NumberRow.of(1)));

      assertThatThrownBy(
              () -> writer.write(ListEpochRows.of("q", 2, NumberRow.of(2), NumberRow.of(1))))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Database of sink [%s] must accept the statements of epoch [2], failed with SQLState"
                  + " [23505] (a constraint of the table is violated); correct the statement,"
                  + " mapping or table",
              sink.description())
          .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("row 1", "(1)"));
    }

    assertThat(rows()).containsExactly("1,row 1");
  }

  @Test
  void textTooLong_failsTheEpoch_withoutItsRows() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      assertThatThrownBy(
              () -> writer.write(ListEpochRows.of("q", 1, new NumberRow(1, "secret text"))))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("SQLState [22001] (a value does not fit its column)")
          .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("secret"));
    }
  }

  @Test
  void epochsTableThatIsMissing_isNamed() throws Exception {
    server.execute("DROP TABLE vellamo_epochs");

    assertThatThrownBy(() -> open(upsert(), 0))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining(
            "claiming table [vellamo_epochs], which epochsTableDdl() describes, failed with"
                + " SQLState [42P01]");
  }

  @Test
  void sinksThatOpenAtOnce_createTheTableOnce() throws Exception {
    server.execute("DROP TABLE vellamo_epochs");
    JdbcSink<NumberRow> sink = upsert().withEpochsTable("other_epochs").createEpochsTable();

    List<CompletableFuture<Void>> openings =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> openAndClose(sink)))
            .toList();

    openings.forEach(CompletableFuture::join);
    assertThat(Tables.rows(server.dataSource(), "SELECT owner FROM other_epochs"))
        .containsExactly("8");
  }

  @Test
  void rowOfEpochs_thatIsDeleted_failsTheEpoch() throws Exception {
    try (SinkWriter<NumberRow> writer = open(upsert(), 0)) {
      server.execute("DELETE FROM vellamo_epochs");

      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, NumberRow.of(1))))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("must keep the row of query [q] and sink [rows]");
    }
  }

  @Test
  void arguments_areChecked() {
    RecordColumns<NumberRow> columns = RecordColumns.of(NumberRow.class);

    assertThatThrownBy(() -> JdbcSink.insert(database, "rows; --", columns))
        .hasMessage(
            "table must be a name of letters, digits and _, with a schema in front if needed, was"
                + " [rows; --]");
    assertThatThrownBy(() -> JdbcSink.upsert(database, "rows", columns))
        .hasMessage("keys must have at least one column, was []");
    assertThatThrownBy(() -> JdbcSink.upsert(database, "rows", columns, "id"))
        .hasMessage("key columns must be among [number, text], was [id]");
    assertThatThrownBy(() -> upsert().withBatchSize(0))
        .hasMessage("rows must be positive, was [0]");
    assertThatThrownBy(() -> JdbcDatabase.at("postgresql://x", "", ""))
        .hasMessage("url must begin with [jdbc:], was [postgresql://x]");
  }

  @Test
  void description_hasNoPassword() {
    JdbcDatabase secret = JdbcDatabase.at("jdbc:postgresql://u:pw@h:1/db?password=pw", "u", "pw");

    assertThat(JdbcSink.insert(secret, "rows", RecordColumns.of(NumberRow.class)).description())
        .isEqualTo("Jdbc[rows of jdbc:postgresql://h:1/db]");
  }

  private JdbcSink<NumberRow> upsert() {
    return JdbcSink.upsert(database, "rows", RecordColumns.of(NumberRow.class), "number");
  }

  private static SinkWriter<NumberRow> open(JdbcSink<NumberRow> sink, long committed)
      throws Exception {
    return sink.open(new SinkContext("q", RUN, committed));
  }

  private static void openAndClose(JdbcSink<NumberRow> sink) {
    try {
      open(sink, 0).close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> rows() throws SQLException {
    return Tables.rows(server.dataSource(), "SELECT * FROM rows ORDER BY number");
  }

  private static String stackTrace(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
