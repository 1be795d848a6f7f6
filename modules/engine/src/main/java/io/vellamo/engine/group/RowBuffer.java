package io.vellamo.engine.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one call, as objects and in serialized form.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RowBuffer<U> implements Rows<U> {
  private final ValueCodec codec;
  private List<Object> rows = List.of();
  private List<StoredValue> stored = List.of();

  RowBuffer(ValueCodec codec) {
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

  /** Returns the rows in serialized form. */
  List<StoredValue> stored() {
    return stored;
  }
}
