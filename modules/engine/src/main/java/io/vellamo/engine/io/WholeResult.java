package io.vellamo.engine.io;

import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.ResultRow.Place;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RowChain;
import io.vellamo.engine.protocol.EpochOutput.InPages;
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

  /** The rows of a shard, by place. A value is a row or several. */
  private static final class Part {
    final TreeMap<Place, Object> rows = new TreeMap<>();
    int pages;
  }

  private final String query;
  private final int maxGroups;
  private final RowChain stages;
  private final TreeMap<Integer, Part> shards = new TreeMap<>();
  private int groups;
  // The latest attempt that pages came from.
  private long attempt;

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
   * Adds a page to the part of its shard; the first one replaces the former part. That is safe
   * before the epoch is complete: if the attempt is given up, the next one takes all pages again. A
   * page of an attempt that was given up is ignored.
   *
   * @throws ResultTooLarge if the result has too many groups
   */
  @Override
  public void take(ResultPage page) {
    if (page.attempt() < attempt) {
      return;
    }
    attempt = page.attempt();
    if (page.number() == 0) {
      remove(page.shard());
    }
    Part part = shards.computeIfAbsent(page.shard(), none -> new Part());
    requirePages(page.shard(), page.number());
    part.pages++;
    change(part, page.rows());
  }

  /**
   * Applies the changes of an epoch; returns the whole result, or null if nothing has changed.
   *
   * @throws ResultTooLarge if the result has too many groups
   */
  @Override
  public @Nullable RowsOfEpoch of(EpochResults epoch) {
    boolean isChanged = false;
    for (Map.Entry<Integer, InPages> shard : epoch.inPages().entrySet()) {
      isChanged |= shard.getValue().changes() > 0;
      if (shard.getValue().pages() == 0) {
        remove(shard.getKey());
      }
      requirePages(shard.getKey(), shard.getValue().pages());
    }
    for (Map.Entry<Integer, List<Object>> shard : epoch.rows().entrySet()) {
      isChanged |= !shard.getValue().isEmpty();
      change(shards.computeIfAbsent(shard.getKey(), none -> new Part()), shard.getValue());
    }
    return isChanged ? all(epoch.epoch()) : null;
  }

  private void remove(int shard) {
    Part before = shards.remove(shard);
    groups -= before == null ? 0 : before.rows.size();
  }

  private void requirePages(int shard, int pages) {
    Part part = shards.get(shard);
    int taken = part == null ? 0 : part.pages;
    if (taken != pages) {
      throw new AssertionError(
          "shard [%d] must have [%d] pages, has [%d]".formatted(shard, pages, taken));
    }
  }

  private void change(Part part, List<Object> rows) {
    for (Object row : rows) {
      ResultRow changed = (ResultRow) row;
      Object value = changed.row();
      List<Object> made = value == null ? List.of() : stages.apply(List.of(value));
      Object before =
          made.isEmpty()
              ? part.rows.remove(changed.place())
              : part.rows.put(
                  changed.place(), made.size() == 1 ? made.get(0) : new Several(List.copyOf(made)));
      groups += (made.isEmpty() ? 0 : 1) - (before == null ? 0 : 1);
      if (groups > maxGroups) {
        throw new ResultTooLarge(query, maxGroups);
      }
    }
  }

  private RowsOfEpoch all(long epoch) {
    RowsOfEpoch all = new RowsOfEpoch(query, epoch);
    for (Map.Entry<Integer, Part> shard : shards.entrySet()) {
      List<Object> rows = new ArrayList<>(shard.getValue().rows.size());
      for (Object value : shard.getValue().rows.values()) {
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
