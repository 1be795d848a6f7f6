package io.vellamo.engine.io;

import io.vellamo.api.source.EventCollector;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.EpochRouter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chunk of source entries of one range, passed from the reading thread to the routing thread. */
public final class EventChunk implements EventCollector<Object> {
  /**
   * Large enough to make the hand-over between threads cheap, small enough to stay in the cache.
   */
  static final int CAPACITY = 1024;

  private final EpochPlan plan;
  private final int range;
  private final @Nullable Object[] entries = new Object[CAPACITY];
  private final long[] offsets = new long[CAPACITY];
  private int size;
  private boolean isLast;

  /** Creates a chunk of a range, given by its index in the plan. */
  EventChunk(EpochPlan plan, int range) {
    this.plan = plan;
    this.range = range;
  }

  @Override
  public void event(Object event, long offset) {
    entries[size] = Objects.requireNonNull(event, "event");
    offsets[size++] = offset;
  }

  @Override
  public void deadLetter(long offset, String reason, @Nullable String entry) {
    entries[size] = new Broken(reason, entry);
    offsets[size++] = offset;
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
