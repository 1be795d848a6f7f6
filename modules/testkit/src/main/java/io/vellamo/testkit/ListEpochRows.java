package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import java.util.List;

/**
 * The rows of an epoch, given by a test, all from one shard.
 *
 * @param query the query's name
 * @param epoch the epoch's number, from 1
 * @param shard the shard that emitted the rows
 * @param rows the rows, in order; copied
 * @param <U> the rows
 * @since 0.1
 */
public record ListEpochRows<U>(String query, long epoch, int shard, List<U> rows)
    implements EpochRows<U> {
  public ListEpochRows {
    requireNonNull(query, "query");
    rows = List.copyOf(rows);
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be positive, was [%d]".formatted(epoch));
    }
  }

  /**
   * Creates the rows of shard 0.
   *
   * @param query the query's name
   * @param epoch the epoch's number, from 1
   * @param rows the rows, in order; copied
   */
  public ListEpochRows(String query, long epoch, List<U> rows) {
    this(query, epoch, 0, rows);
  }

  /**
   * Returns the rows of an epoch.
   *
   * @param query the query's name
   * @param epoch the epoch's number, from 1
   * @param rows the rows, in order; copied
   * @param <U> the rows
   * @return the rows
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <U> ListEpochRows<U> of(String query, long epoch, U... rows) {
    return new ListEpochRows<>(query, epoch, List.of(rows));
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public U row(int index) {
    return rows.get(index);
  }

  @Override
  public RowId id(int index) {
    return new RowId(query, epoch, shard, index);
  }
}
