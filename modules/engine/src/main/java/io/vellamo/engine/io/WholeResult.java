package io.vellamo.engine.io;

import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.ResultRow.Place;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RowChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole result of a query in mode COMPLETE, which the shards change epoch by epoch.
 *
 * <p><b>Order</b> Rows are in the order of their shards, groups and places, whatever the order of
 * the changes: a restart, which fetches the result from the shards again, must not change it.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Memory of all rows and keys.
 */
final class WholeResult implements SinkRows {
  /** The rows that the stages make of one row, if there are several. */
  private record Several(List<Object> rows) {}

  private final String query;
  private final int maxGroups;
  private final RowChain stages;
  // By shard. A value is a row or several.
  private final TreeMap<Integer, TreeMap<Place, Object>> shards = new TreeMap<>();
  private int groups;

  /**
   * Creates an empty result.
   *
   * @param query a query whose last operator emits the whole result
   * @param maxGroups the maximum number of places with rows
   */
  WholeResult(PreparedQuery query, int maxGroups) {
    this.query = query.name();
    this.maxGroups = maxGroups;
    List<RowChain> chains = RowChain.of(query);
    this.stages = chains.get(chains.size() - 1);
  }

  /**
   * Applies the changes of an epoch; returns the whole result, or null if nothing has changed.
   *
   * @throws ResultTooLarge if the result has too many groups
   */
  @Override
  public @Nullable RowsOfEpoch of(EpochResults epoch) {
    boolean isChanged = false;
    epoch.result().forEach(this::replace);
    for (Map.Entry<Integer, List<Object>> shard : epoch.rows().entrySet()) {
      isChanged |= !shard.getValue().isEmpty();
      if (!epoch.result().containsKey(shard.getKey())) {
        change(shard.getKey(), shard.getValue());
      }
    }
    return isChanged ? all(epoch.epoch()) : null;
  }

  private void replace(int shard, List<Object> rows) {
    TreeMap<Place, Object> before = shards.remove(shard);
    groups -= before == null ? 0 : before.size();
    change(shard, rows);
  }

  private void change(int shard, List<Object> rows) {
    TreeMap<Place, Object> part = shards.computeIfAbsent(shard, none -> new TreeMap<>());
    for (Object row : rows) {
      ResultRow changed = (ResultRow) row;
      Object value = changed.row();
      List<Object> made = value == null ? List.of() : stages.apply(List.of(value));
      Object before =
          made.isEmpty()
              ? part.remove(changed.place())
              : part.put(
                  changed.place(), made.size() == 1 ? made.get(0) : new Several(List.copyOf(made)));
      groups += (made.isEmpty() ? 0 : 1) - (before == null ? 0 : 1);
      if (groups > maxGroups) {
        throw new ResultTooLarge(query, maxGroups);
      }
    }
  }

  private RowsOfEpoch all(long epoch) {
    RowsOfEpoch all = new RowsOfEpoch(query, epoch);
    for (Map.Entry<Integer, TreeMap<Place, Object>> shard : shards.entrySet()) {
      List<Object> rows = new ArrayList<>(shard.getValue().size());
      for (Object value : shard.getValue().values()) {
        if (value instanceof Several several) {
          rows.addAll(several.rows);
        } else {
          rows.add(value);
        }
      }
      all.add(shard.getKey(), rows);
    }
    return all;
  }
}
