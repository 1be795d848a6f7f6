package io.vellamo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.testkit.ListEpochRows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink that is written in ranges, beside one that has one writer. */
@ExtendWith(PostgreSqlExtension.class)
final class JdbcRangesTest {
  private static final UUID QUERY = new UUID(1, 1);
  private static final ShardRange LOW = new ShardRange(0, 2);
  private static final ShardRange HIGH = new ShardRange(2, 4);

  private final PostgreSqlServer server;

  JdbcRangesTest(PostgreSqlServer server) {
    this.server = server;
  }

  @BeforeEach
  void createTables() throws SQLException {
    ContractTable.create(server);
  }

  @Test
  void ranges_haveARowEach_withTheirOwnEpoch() throws Exception {
    try (ShardWriter<NumberRow> low = open(LOW, 3, 0);
        ShardWriter<NumberRow> high = open(HIGH, 3, 0)) {
      low.write(rows(1, 1));
      high.write(rows(1, 2));
      high.write(rows(2, 3));
    }

    assertThat(epochs()).containsExactly("0-1,3,1", "2-3,3,2");
  }

  @Test
  void epochWithoutRows_isHeldByItsWriter_andWrittenAgainAfterARestart() throws Exception {
    try (ShardWriter<NumberRow> before = open(LOW, 1, 0)) {
      before.write(rows(1));
      assertThat(before.holds(1)).isTrue();
    }

    try (ShardWriter<NumberRow> after = open(LOW, 2, 1)) {
      assertThat(after.holds(1)).isFalse();
      after.write(rows(1));
      assertThat(after.holds(1)).isTrue();
    }
  }

  @Test
  void queryWithOneWriterSoFar_goesOnInRanges_afterItsLastEpoch() throws Exception {
    SinkWriter<NumberRow> former = sink().open(context(1, 0));
    former.write(rows(1, 1));
    former.write(rows(2, 2, 3));

    // The journal had planned epoch 2, and lacks its commit.
    try (ShardWriter<NumberRow> low = open(LOW, 2, 1);
        ShardWriter<NumberRow> high = open(HIGH, 2, 1)) {
      assertThatThrownBy(() -> former.write(rows(3, 9))).isInstanceOf(JdbcFencedException.class);
      low.write(rows(2, 2));
      high.write(rows(2, 3));
      low.write(rows(3, 4));
    }
    former.close();

    assertThat(ContractTable.rows(server))
        .extracting(NumberRow::number)
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void queryInRangesSoFar_goesOnWithOneWriter_onceAllRangesHaveTheEpoch() throws Exception {
    ShardWriter<NumberRow> low = open(LOW, 1, 0);
    ShardWriter<NumberRow> high = open(HIGH, 1, 0);
    low.write(rows(1, 1));

    assertThatThrownBy(() -> sink().open(context(2, 0)))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("must be written in ranges of shards until epoch [1] is complete")
        .hasMessageContaining("range [0-1] has it already");
    try (SinkWriter<NumberRow> all = sink().open(context(2, 1))) {
      assertThatThrownBy(() -> high.write(rows(2, 9))).isInstanceOf(JdbcFencedException.class);
      all.write(rows(2, 2));
    }
    low.close();
    high.close();

    assertThat(ContractTable.rows(server)).extracting(NumberRow::number).containsExactly(1, 2);
  }

  private JdbcSink<NumberRow> sink() {
    return JdbcSink.insert(
            JdbcDatabase.of(server.dataSource()),
            ContractTable.NAME,
            RecordColumns.of(NumberRow.class))
        .createEpochsTable();
  }

  private ShardWriter<NumberRow> open(ShardRange range, long owner, long committed)
      throws Exception {
    return sink().open(context(owner, committed), range, owner);
  }

  private static SinkContext context(long owner, long committed) {
    return new SinkContext("q", QUERY, committed, OutputMode.APPEND, owner);
  }

  private static ListEpochRows<NumberRow> rows(long epoch, int... numbers) {
    return new ListEpochRows<>(
        "q", epoch, java.util.Arrays.stream(numbers).mapToObj(NumberRow::of).toList());
  }

  private List<String> epochs() throws SQLException {
    return Tables.rows(
        server.dataSource(),
        "SELECT shard_range, owner, epoch FROM vellamo_epochs ORDER BY shard_range");
  }
}
