package io.vellamo.engine.io;

import io.vellamo.api.source.EventCollector;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.EpochRouter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chunk of source entries of one range, passed from the reading thread to the routing thread. */
public final class EventChunk implements EventCollector<Object> {
  /**
   * Large enough to make the hand-over between threads cheap, small enough to stay in the cache.
   */
  static final int CAPACITY = 1024;

  private static final int FIRST_CAPACITY = 64;

  private final EpochPlan plan;
  private final int range;
  // Both grow up to the capacity: most chunks of a query that keeps up are small.
  private @Nullable Object[] entries = new Object[FIRST_CAPACITY];
  private long[] offsets = new long[FIRST_CAPACITY];
  private int size;
  private boolean isLast;

  /** Creates a chunk of a range, given by its index in the plan. */
  EventChunk(EpochPlan plan, int range) {
    this.plan = plan;
    this.range = range;
  }

  @Override
  public void event(Object event, long offset) {
    add(Objects.requireNonNull(event, "event"), offset);
  }

  @Override
  public void deadLetter(long offset, String reason, @Nullable String entry) {
    add(new Broken(reason, entry), offset);
  }

  private void add(Object entry, long offset) {
    if (size == entries.length) {
      int capacity = 4 * size;
      entries = Arrays.copyOf(entries, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
    }
    entries[size] = entry;
    offsets[size++] = offset;
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  /** Notes that no chunk follows. */
  void markLast() {
    isLast = true;
  }

  EpochPlan plan() {
    return plan;
  }

  int range() {
    return range;
  }

  /** Returns whether the epoch, or the share of it that is read, ends with this chunk. */
  boolean isLast() {
    return isLast;
  }

  /** Passes the entries to the router of their epoch. */
  void routeTo(EpochRouter router) {
    for (int i = 0; i < size; i++) {
      if (entries[i] instanceof Broken broken) {
        router.deadLetter(range, offsets[i], broken.reason, broken.entry);
      } else {
        router.event(Objects.requireNonNull(entries[i]), range, offsets[i]);
      }
    }
  }

  private record Broken(String reason, @Nullable String entry) {}
}
