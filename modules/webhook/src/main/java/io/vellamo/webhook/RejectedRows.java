package io.vellamo.webhook;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import java.util.List;
import java.util.SortedMap;

/** The rejected rows of an epoch, with the ids that they have in it. */
final class RejectedRows<U> implements EpochRows<RejectedRow<U>> {
  private final EpochRows<? extends U> all;
  private final List<Integer> indexes;
  private final List<RejectedRow<U>> rows;

  RejectedRows(EpochRows<? extends U> all, SortedMap<Integer, RejectedRow<U>> rejected) {
    this.all = all;
    this.indexes = List.copyOf(rejected.keySet());
    this.rows = List.copyOf(rejected.values());
  }

  @Override
  public long epoch() {
    return all.epoch();
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public RejectedRow<U> row(int index) {
    return rows.get(index);
  }

  @Override
  public RowId id(int index) {
    return all.id(indexes.get(index));
  }
}
