package io.vellamo.testkit.simulation;

import io.vellamo.engine.time.EpochTimes;
import io.vellamo.testkit.simulation.GeneratedOperators.Duplicates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A brute-force computation of the events that are no duplicates, epoch by epoch.
 *
 * @param <V> the events
 */
final class OracleDuplicates<V> implements OracleGroups {
  /** The memory of a key. */
  private static final class Memory {
    // Of the first event: when it is forgotten; null if never.
    @Nullable Long until;
    // Every event time that was seen, if they are part of the key.
    final TreeSet<Long> times = new TreeSet<>();
    boolean hasUntimed;

    boolean isEmpty(Duplicates kind) {
      return kind == Duplicates.DROPPED_WITH_EVENT_TIME && times.isEmpty() && !hasUntimed;
    }
  }

  private final Duplicates kind;
  private final long delayMillis;
  private final Function<V, Object> key;
  private final ToIntFunction<Object> shard;
  private final Map<Object, Memory> memories = new HashMap<>();

  /**
   * Creates a computation without events.
   *
   * @param delayMillis the largest delay of the watermarks upstream
   * @param shard returns the shard of a key, as the events that pass are in the order of the shards
   */
  OracleDuplicates(
      Duplicates kind, long delayMillis, Function<V, Object> key, ToIntFunction<Object> shard) {
    this.kind = kind;
    this.delayMillis = delayMillis;
    this.key = key;
    this.shard = shard;
  }

  /** Returns the events of an epoch that pass. */
  List<OracleEvent<V>> run(List<OracleEvent<V>> events, EpochTimes times) {
    Map<Object, List<OracleEvent<V>>> byKey = new LinkedHashMap<>();
    for (OracleEvent<V> event : events) {
      byKey.computeIfAbsent(key.apply(event.value()), none -> new ArrayList<>()).add(event);
    }
    List<Object> order = new ArrayList<>(byKey.keySet());
    order.sort(Comparator.comparingInt(shard));
    List<OracleEvent<V>> passing = new ArrayList<>();
    for (Object each : order) {
      for (OracleEvent<V> event : byKey.getOrDefault(each, List.of())) {
        if (isFirst(each, event)) {
          passing.add(event);
        }
      }
    }
    long watermark = times.watermark().millis();
    memories.values().removeIf(memory -> isForgotten(memory, watermark));
    return passing;
  }

  private boolean isFirst(Object ofKey, OracleEvent<V> event) {
    Memory known = memories.get(ofKey);
    if (kind == Duplicates.DROPPED_WITH_EVENT_TIME) {
      Memory memory = memories.computeIfAbsent(ofKey, none -> new Memory());
      if (event.time() != null) {
        return memory.times.add(event.time());
      }
      boolean isNew = !memory.hasUntimed;
      memory.hasUntimed = true;
      return isNew;
    }
    if (known == null) {
      Memory memory = new Memory();
      if (kind == Duplicates.DROPPED_WITHIN_WATERMARK) {
        memory.until = (event.time() == null ? 0 : event.time()) + delayMillis;
      }
      memories.put(ofKey, memory);
    }
    return known == null;
  }

  private boolean isForgotten(Memory memory, long watermark) {
    memory.times.removeIf(time -> time < watermark);
    return memory.isEmpty(kind) || (memory.until != null && memory.until < watermark);
  }

  @Override
  public Map<?, Kept> kept() {
    Map<Object, Kept> kept = new HashMap<>();
    memories.forEach((ofKey, memory) -> kept.put(ofKey, kept(memory)));
    return kept;
  }

  private Kept kept(Memory memory) {
    if (kind == Duplicates.DROPPED) {
      return new Kept(List.of(), null);
    }
    if (memory.until != null) {
      return new Kept(List.of(memory.until), memory.until);
    }
    List<Long> elements = new ArrayList<>();
    if (memory.hasUntimed) {
      elements.add(Long.MIN_VALUE);
      elements.add(0L);
    }
    for (long time : memory.times) {
      elements.add(Math.floorDiv(time, 1000L));
      elements.add(Math.floorMod(time, 1000L) * 1_000_000);
    }
    return new Kept(elements, memory.times.isEmpty() ? null : memory.times.first());
  }

  @Override
  public long waiting() {
    return 0;
  }
}
