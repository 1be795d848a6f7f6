package io.vellamo.testkit.contract;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;

/**
 * The rows of an epoch, one of which can't be had.
 *
 * @param rows all rows
 * @param failing the place of the row that can't be had
 */
record FailingRows<U>(EpochRows<U> rows, int failing) implements EpochRows<U> {
  @Override
  public long epoch() {
    return rows.epoch();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public U row(int index) {
    if (index == failing) {
      throw new RetryableException("row [%d] can't be had, on purpose".formatted(index), null);
    }
    return rows.row(index);
  }

  @Override
  public RowId id(int index) {
    return rows.id(index);
  }
}
