package io.vellamo.engine.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one call of a group, as objects and in serialized form.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RowBuffer<U> implements Rows<U> {
  private final GroupKey group;
  private final ValueCodec codec;
  private List<Object> rows = List.of();
  private List<StoredValue> stored = List.of();

  RowBuffer(GroupKey group, ValueCodec codec) {
    this.group = group;
    this.codec = codec;
  }

  @Override
  public void emit(U row) {
    StoredValue written = codec.write(required(row));
    add(codec.asWritten(row, written), written);
  }

  @Override
  public void emit(U row, @Nullable Instant eventTime) {
    StoredValue written = codec.write(required(row));
    add(new TimedRow(codec.asWritten(row, written), eventTime), written.at(eventTime));
  }

  /** A row of the whole result is computed from the state again, so it is not stored. */
  @Override
  public void put(long place, U row) {
    StoredValue written = codec.write(required(row));
    add(place, codec.asWritten(row, written), written.bytes().length);
  }

  @Override
  public void remove(long place) {
    add(place, null, 0);
  }

  private void add(long place, @Nullable Object row, int bytes) {
    if (rows.isEmpty()) {
      rows = new ArrayList<>();
    }
    rows.add(new ResultRow(new ResultRow.Place(group, place), row, bytes));
  }

  private static Object required(@Nullable Object row) {
    if (row == null) {
      throw new NullPointerException("a row must not be null");
    }
    return row;
  }

  private void add(Object row, StoredValue written) {
    // Most calls emit no rows.
    if (rows.isEmpty()) {
      rows = new ArrayList<>();
      stored = new ArrayList<>();
    }
    rows.add(row);
    stored.add(written);
  }

  /** Returns the rows as they were serialized. */
  List<Object> rows() {
    return rows;
  }

  /** Returns the emitted rows in serialized form. */
  List<StoredValue> stored() {
    return stored;
  }
}
