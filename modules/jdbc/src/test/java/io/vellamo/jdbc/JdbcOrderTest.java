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
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ManualClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgreSqlExtension.class)
final class JdbcOrderTest {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final PostgreSqlServer server;
  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> entries = new ArrayList<>();
  private Offsets read = Offsets.none();

  JdbcOrderTest(PostgreSqlServer server) {
    this.server = server;
  }

  @BeforeEach
  void createTable() throws SQLException {
    server.execute("DROP TABLE IF EXISTS timed");
    server.execute(
        "CREATE TABLE timed (at TIMESTAMPTZ NOT NULL, id TEXT NOT NULL, number INT NOT NULL, text"
            + " TEXT)");
  }

  /** Adds a row whose time is some seconds before now, by a clock that stands still. */
  private void add(int secondsAgo, String id) throws SQLException {
    server.execute(
        "INSERT INTO timed SELECT date_trunc('day', now()) - interval '%d s', '%s', 0, '%s'"
            .formatted(secondsAgo, id, id));
  }

  private JdbcSource<NumberRow> source(JdbcOrder order) {
    return JdbcSource.table(
        JdbcDatabase.of(server.dataSource()), "timed", order, RecordColumns.of(NumberRow.class));
  }

  private JdbcSource<NumberRow> byTime() {
    return source(JdbcOrder.byTime("at", "id")).withSettle(SETTLE);
  }

  private SourceReader<NumberRow> open(JdbcSource<NumberRow> source) throws Exception {
    return source.open(new SourceContext("q", read, false, clock, () -> {}));
  }

  /** Looks, waits until what it has seen is complete, and reads it in epochs. */
  private void readSettled(SourceReader<NumberRow> reader, long maxEvents) throws Exception {
    reader.latest();
    clock.advance(SETTLE);
    readEpochs(reader, reader.latest(), maxEvents);
  }

  private void readEpochs(SourceReader<NumberRow> reader, Offsets end, long maxEvents)
      throws Exception {
    List<OffsetRange> ranges = reader.plan(read, end, maxEvents);
    while (!ranges.isEmpty()) {
      readRanges(reader, ranges);
      read = read.advance(ranges);
      ranges = reader.plan(read, end, maxEvents);
    }
  }

  private void readRanges(SourceReader<NumberRow> reader, List<OffsetRange> ranges)
      throws Exception {
    for (OffsetRange range : ranges) {
      try (RangeReader<NumberRow> rows = reader.read(range)) {
        while (rows.read(new Recorder(), 2)) {}
      }
    }
  }

  @Test
  void rowsOfOneTime_areReadOnce_inTheOrderOfTimeAndId() throws Exception {
    for (String id : List.of("e", "c", "a", "d", "b")) {
      add(10, id);
    }
    add(20, "z");
    add(5, "y");

    try (SourceReader<NumberRow> reader = open(byTime())) {
      readSettled(reader, 2);
    }

    assertThat(entries).containsExactly("0:z", "1:a", "2:b", "3:c", "4:d", "5:e", "6:y");
  }

  @Test
  void query_thatGoesOn_readsWhatFollows() throws Exception {
    add(10, "a");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      readSettled(reader, 10);
    }
    add(10, "b");
    add(9, "c");

    try (SourceReader<NumberRow> reader = open(byTime())) {
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:a", "1:b", "2:c");
  }

  @Test
  void rowThatAppearsLate_isReadIfItIsWithinTheSettle() throws Exception {
    add(5, "b");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      reader.latest();
      clock.advance(SETTLE.minusMillis(1));
      add(10, "a");
      assertThat(reader.plan(read, reader.latest(), 10)).isEmpty();
      clock.advance(Duration.ofMillis(1));
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:a", "1:b");
  }

  @Test
  void rowThatAppearsTooLate_isNotRead_andChangesNothing() throws Exception {
    add(5, "b");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      readSettled(reader, 10);
      add(10, "a");
      add(4, "c");
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:b", "1:c");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 10})
  void rowThatAppearsTooLate_butBeforeItsPlaceIsPlanned_isRead(long maxEvents) throws Exception {
    add(10, "a");
    add(5, "c");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      reader.latest();
      clock.advance(SETTLE);
      Offsets end = reader.latest();
      add(7, "b");
      readEpochs(reader, end, maxEvents);
      add(4, "d");
      readSettled(reader, maxEvents);
    }

    assertThat(entries).containsExactly("0:a", "1:b", "2:c", "3:d");
  }

  @Test
  void rowThatIsDeleted_beforeItsPlaceIsPlanned_leavesNoGap() throws Exception {
    add(10, "a");
    add(5, "b");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      reader.latest();
      clock.advance(SETTLE);
      Offsets end = reader.latest();
      server.execute("DELETE FROM timed WHERE id = 'a'");
      readEpochs(reader, end, 10);
      add(4, "c");
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:b", "1:c");
  }

  @Test
  void rowThatAppearsInARangeAlreadyPlanned_failsTheQuery() throws Exception {
    add(10, "a");
    add(5, "c");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      reader.latest();
      clock.advance(SETTLE);
      List<OffsetRange> planned = reader.plan(read, reader.latest(), 10);
      add(7, "b");

      assertThatThrownBy(() -> readRanges(reader, planned))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining(
              "must only grow, has more than the [2] rows that offset [0] was planned for; give"
                  + " rows that were added late a later key");
    }
  }

  @Test
  void rowWithATimeInTheFuture_waits_andHoldsUpNoOther() throws Exception {
    add(-1_000_000, "future");
    add(10, "a");
    try (SourceReader<NumberRow> reader = open(byTime())) {
      readSettled(reader, 10);
      add(5, "b");
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:a", "1:b");
  }

  @Test
  void orderByTime_needsASettle() {
    assertThatThrownBy(() -> open(source(JdbcOrder.byTime("at", "id"))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("must know how much later than its time a row can appear");
  }

  @Test
  void column_thatCanBeNull_isRefused() {
    assertThatThrownBy(() -> open(source(JdbcOrder.by("text"))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(
            "column [text] of source [Jdbc[timed of DataSource]] must be NOT NULL");
  }

  @Test
  void offsetOfAnotherOrder_isRefused() {
    read = Offsets.of(Map.of(new SourcePartition("timed"), 7L));

    assertThatThrownBy(() -> open(byTime()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("must go on at a key of [at, id], the query has an offset [7]");
  }

  @Test
  void rowOfATransactionThatCommitsLate_isWaitedFor_withoutASettle() throws Exception {
    try (SourceReader<NumberRow> reader = open(source(JdbcOrder.by("id")));
        var late = server.dataSource().getConnection();
        var statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("INSERT INTO timed VALUES (now(), 'a', 0, 'a')");
      add(5, "b");
      assertThat(reader.plan(read, reader.latest(), 10)).isEmpty();
      late.commit();
      readSettled(reader, 10);
    }

    assertThat(entries).containsExactly("0:a", "1:b");
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
