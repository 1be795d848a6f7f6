package io.vellamo.engine.io;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rows of one epoch, gathered shard by shard. */
final class RowsOfEpoch implements EpochRows<Object> {
  /** The shard number of rows that no group emitted. */
  private static final int NO_SHARD = -1;

  /**
   * The rows of one shard.
   *
   * @param shard the shard
   * @param first the place of its first row among all
   */
  private record Part(int shard, int first) {}

  private final String query;
  private final long epoch;
  private final List<Object> rows = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  RowsOfEpoch(String query, long epoch) {
    this.query = query;
    this.epoch = epoch;
  }

  /** Adds the rows of a shard; shards come in rising order. */
  void add(int shard, List<?> more) {
    if (!more.isEmpty()) {
      parts.add(new Part(shard, rows.size()));
      rows.addAll(more);
    }
  }

  /** Adds rows that no group emitted. */
  void addWithoutShard(List<?> more) {
    add(NO_SHARD, more);
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Object row(int index) {
    return rows.get(index);
  }

  @Override
  public RowId id(int index) {
    Objects.checkIndex(index, rows.size());
    int part = parts.size() - 1;
    while (parts.get(part).first > index) {
      part--;
    }
    return new RowId(query, epoch, parts.get(part).shard, index - parts.get(part).first);
  }
}
