package io.vellamo.jdbc;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A reader of a table. */
final class JdbcSourceReader<T> implements SourceReader<T> {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final OpenDatabase database;
  private final GrowingTable table;
  private final JdbcMapper<T> mapper;
  private final SqlFailures failures;
  private final Settlement settlement;
  private final CountDownLatch closed = new CountDownLatch(1);
  // Whether the first look waits until all rows that it sees are complete.
  private boolean waitsForAll;
  private long lag;

  JdbcSourceReader(
      OpenDatabase database,
      GrowingTable table,
      JdbcMapper<T> mapper,
      SqlFailures failures,
      Settlement settlement,
      boolean isBounded) {
    this.database = database;
    this.table = table;
    this.mapper = mapper;
    this.failures = failures;
    this.settlement = settlement;
    this.waitsForAll = isBounded;
  }

  @Override
  public Offsets latest() throws Exception {
    long bound = look();
    if (waitsForAll) {
      // A query that ends by itself would otherwise end without the newest rows.
      long seen = settlement.isPending() ? end() : bound;
      while (bound < seen && !closed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        bound = look();
      }
      waitsForAll = false;
    }
    long end = bound;
    return database.inTransaction(
        failures, "reading the end", connection -> table.offsets(connection, end));
  }

  private long look() throws Exception {
    return database.inTransaction(failures, "reading the end", settlement::bound);
  }

  private long end() throws Exception {
    return database.inTransaction(failures, "reading the end", table::end);
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
    List<OffsetRange> ranges =
        database.inTransaction(
            failures, "planning", connection -> table.plan(connection, from, upTo, maxEvents));
    lag = lag(from.advance(ranges), upTo);
    return ranges;
  }

  private static long lag(Offsets planned, Offsets end) {
    long sum = 0;
    for (Map.Entry<SourcePartition, Long> each : end.asMap().entrySet()) {
      long at = planned.of(each.getKey()).orElse(each.getValue());
      sum += Math.max(0, each.getValue() - at);
    }
    return sum;
  }

  @Override
  public RangeReader<T> read(OffsetRange range) {
    Connection connection = database.connect(failures);
    return new JdbcRangeReader<>(connection, table.rows(range), mapper, failures, range);
  }

  @Override
  public Map<String, Long> metrics() {
    return Map.of("lag", lag);
  }

  @Override
  public void close() {
    closed.countDown();
    database.close();
  }
}
