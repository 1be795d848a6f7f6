package io.vellamo.connectors.pekko;

import io.vellamo.api.sink.EpochRows;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The rows of an epoch as an unmodifiable list. */
final class RowList<U> extends AbstractList<U> implements RandomAccess {
  private final EpochRows<? extends U> rows;

  private RowList(EpochRows<? extends U> rows) {
    this.rows = rows;
  }

  static <U> List<U> of(EpochRows<? extends U> rows) {
    return new RowList<>(rows);
  }

  @Override
  public U get(int index) {
    return rows.row(index);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
