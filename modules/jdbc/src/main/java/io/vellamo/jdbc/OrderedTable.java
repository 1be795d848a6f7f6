package io.vellamo.jdbc;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of PostgreSQL whose rows have the order of columns. An offset is the number of rows
 * before it, and the mark of a range contains the keys between which its rows lie.
 *
 * <p>An end is the number of a key that was the last one at some time. Keys are compared by the
 * database only.
 */
final class OrderedTable implements GrowingTable {
  private final OrderedColumns columns;
  private final String name;
  private final String description;
  private final SourcePartition partition;
  // The keys of ends that may still be asked for.
  private final TreeMap<Long, EncodedKeys> ends = new TreeMap<>();
  private long lastEnd;
  // The place up to which rows have been counted.
  private long offset;
  private EncodedKeys key;

  /**
   * Creates the table of an open source.
   *
   * @param committed the offsets at which the query goes on
   */
  OrderedTable(OrderedColumns columns, String name, String description, Offsets committed) {
    this.columns = columns;
    this.name = name;
    this.description = description;
    this.partition = new SourcePartition(name);
    this.offset = committed.of(partition).orElse(0);
    this.key = keyAt(committed);
  }

  /** Returns the key at offsets; none at the beginning of the table. */
  private EncodedKeys keyAt(Offsets offsets) {
    String mark = offsets.mark(partition);
    if (mark.isEmpty() && offsets.of(partition).orElse(0) > 0) {
      throw new SourceException(
          description,
          "Source [%s] must go on at a key of [%s], the query has an offset [%d] of another order; restore the order, or start a new query"
              .formatted(description, columns, offsets.of(partition).orElse(0)),
          null);
    }
    return EncodedKeys.decode(mark).last(columns.count());
  }

  @Override
  public SourcePartition partition() {
    return partition;
  }

  @Override
  public String quotedName() {
    return Dialect.POSTGRESQL.quotedPath(name);
  }

  @Override
  public String endQuery() {
    return "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT 1"
        .formatted(columns.encoded(), quotedName(), columns.hasCome(), columns.listed(" DESC"));
  }

  @Override
  public long end(ResultSet found) throws SQLException {
    String encoded = found.getString(1);
    if (encoded == null) {
      return lastEnd;
    }
    EncodedKeys last = EncodedKeys.decode(encoded);
    if (lastEnd == 0 || !last.equals(ends.get(lastEnd))) {
      lastEnd++;
      ends.put(lastEnd, last);
    }
    return lastEnd;
  }

  @Override
  public Offsets offsets(Connection connection, long end) throws SQLException {
    EncodedKeys last = ends.get(end);
    if (last != null && !last.equals(key)) {
      long rows = count(connection, key, last, Long.MAX_VALUE);
      if (rows > 0) {
        offset += rows;
        key = last;
      }
      ends.headMap(end).clear();
    }
    return Offsets.of(Map.of(partition, offset), Map.of(partition, key.encoded()));
  }

  @Override
  public List<OffsetRange> plan(Connection connection, Offsets from, Offsets upTo, long maxEvents)
      throws SQLException {
    EncodedKeys first = keyAt(from);
    EncodedKeys last = keyAt(upTo);
    if (last.isNone() || last.equals(first)) {
      return List.of();
    }
    long start = from.of(partition).orElse(0);
    // Counted again: rows that were added or deleted since are no harm before they are planned.
    long rows = count(connection, first, last, maxEvents);
    if (rows == maxEvents) {
      last = keyOfRow(connection, first, maxEvents);
    }
    if (last.equals(key)) {
      offset = start + rows;
    }
    return rows == 0
        ? List.of()
        : List.of(
            new OffsetRange(partition, start, start + rows, first.then(last).encoded(), List.of()));
  }

  /** Counts rows after a key, if there is one, and up to another, but no more than a number. */
  private long count(Connection connection, EncodedKeys after, EncodedKeys last, long most)
      throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT ?) AS counted"
            .formatted(quotedName(), columns.between(!after.isNone()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      EncodedKeys keys = after.then(last);
      keys.bind(statement);
      statement.setLong(keys.size() + 1, most);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Returns the key of a row that has just been counted. */
  private EncodedKeys keyOfRow(Connection connection, EncodedKeys after, long number)
      throws SQLException {
    String sql =
        "SELECT %s FROM %s WHERE %s ORDER BY %s OFFSET ? LIMIT 1"
            .formatted(
                columns.encoded(),
                quotedName(),
                after.isNone() ? "TRUE" : columns.after(),
                columns.listed(""));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      after.bind(statement);
      statement.setLong(after.size() + 1, number - 1);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw changed(
              "fewer rows than were counted; rows must not be deleted before they are read");
        }
        return EncodedKeys.decode(found.getString(1));
      }
    }
  }

  private SourceException changed(String how) {
    return new SourceException(
        description,
        "Table of source [%s] must only grow, has %s".formatted(description, how),
        null);
  }

  @Override
  public RangeRows rows(OffsetRange range) {
    return new OrderedRows(range);
  }

  private final class OrderedRows implements RangeRows {
    private final OffsetRange range;
    private long next;

    OrderedRows(OffsetRange range) {
      this.range = range;
      this.next = range.from();
    }

    @Override
    public PreparedStatement select(Connection connection) throws SQLException {
      EncodedKeys keys = EncodedKeys.decode(range.mark());
      PreparedStatement statement =
          connection.prepareStatement(
              "SELECT * FROM %s WHERE %s ORDER BY %s"
                  .formatted(
                      quotedName(),
                      columns.between(keys.size() > columns.count()),
                      columns.listed("")));
      keys.bind(statement);
      return statement;
    }

    @Override
    public long offset(ResultSet row) {
      if (next == range.until()) {
        throw changed(
            "more than the [%d] rows that offset [%d] was planned for; give rows that were added late a later key, and use withSettle with a longer time"
                .formatted(range.until() - range.from(), range.from()));
      }
      return next++;
    }
  }
}
