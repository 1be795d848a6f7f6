package io.vellamo.engine.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one shard in one epoch, in order of arrival, each with its group.
 *
 * <p>They are grouped only in the shard, whose few thousand groups fit into the processor's cache,
 * unlike the groups of all shards.
 *
 * <p><b>Threading</b> Filled by one thread, then passed to another.
 *
 * <p><b>Cost</b> A few words per event; no object.
 */
public final class ShardEvents {
  /** The seconds of an event without event time. */
  public static final long NO_TIME = EventColumns.NO_TIME;

  private static final int FIRST_CAPACITY = 16;
  private static final int LARGEST_CAPACITY = 1024;

  /** A receiver of events, one by one. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes an event.
     *
     * @param key its group
     * @param userKey the deserialized key
     * @param range the index of its range, as in {@link ShardEvents#add}
     * @param offset its offset
     * @param second the seconds of its event time; {@link ShardEvents#NO_TIME} if it has none
     * @param nano the nanoseconds of the second
     */
    void take(
        GroupKey key,
        @Nullable Object userKey,
        Object event,
        int range,
        long offset,
        long second,
        int nano);
  }

  /** A run of events. A full chunk is followed by another, so that no event is copied. */
  private static final class Chunk {
    private final GroupKey[] keys;
    private final int[] hashes;
    private final @Nullable Object[] userKeys;
    private final EventColumns columns;
    private int size;

    private Chunk(int capacity, boolean timed) {
      keys = new GroupKey[capacity];
      hashes = new int[capacity];
      userKeys = new Object[capacity];
      columns = new EventColumns(capacity, timed);
    }
  }

  private final boolean timed;
  // None of them is empty.
  private final List<Chunk> chunks = new ArrayList<>();
  // Null if there is none.
  private @Nullable Chunk last;
  private int size;
  private int reduced;

  /**
   * Creates an instance without events.
   *
   * @param timed whether event times are stored
   */
  public ShardEvents(boolean timed) {
    this.timed = timed;
  }

  /**
   * Returns the events of a shard that were routed in several places, in the order of their ranges
   * in the epoch's plan, as if they had been routed in one. Events without a range follow.
   *
   * <p><b>Cost</b> A copy of the references, unless no more than one place had events.
   *
   * @param parts the events of each place, whose ranges rise; no two have events of one range
   */
  public static ShardEvents merge(List<ShardEvents> parts) {
    List<ShardEvents> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
    if (filled.size() == 1) {
      return filled.get(0);
    }
    ShardEvents all = new ShardEvents(filled.stream().anyMatch(part -> part.timed));
    PriorityQueue<RangeRun> runs = new PriorityQueue<>();
    for (int part = 0; part < filled.size(); part++) {
      runs.add(new RangeRun(filled.get(part), part));
    }
    for (RangeRun run = runs.poll(); run != null; run = runs.poll()) {
      if (run.moveTo(all)) {
        runs.add(run);
      }
    }
    filled.forEach(part -> all.reduced += part.reduced);
    return all;
  }

  /** The events of a part of a merge that have not been merged, from the next one on. */
  private static final class RangeRun implements Comparable<RangeRun> {
    private final ShardEvents events;
    private final int part;
    private int chunk;
    private int place;

    RangeRun(ShardEvents events, int part) {
      this.events = events;
      this.part = part;
    }

    private int range() {
      return events.chunks.get(chunk).columns.range(place);
    }

    /** Moves the events of the next range; returns whether any are left. */
    boolean moveTo(ShardEvents all) {
      int range = range();
      while (chunk < events.chunks.size() && range() == range) {
        Chunk from = events.chunks.get(chunk);
        all.addFrom(from, place++);
        if (place == from.size) {
          chunk++;
          place = 0;
        }
      }
      return chunk < events.chunks.size();
    }

    /** Orders by range; events without one are last, by the order of the parts. */
    @Override
    public int compareTo(RangeRun other) {
      int byRange = Integer.compareUnsigned(range(), other.range());
      return byRange == 0 ? Integer.compare(part, other.part) : byRange;
    }
  }

  private void addFrom(Chunk from, int place) {
    Chunk chunk = last;
    if (chunk == null || chunk.size == chunk.keys.length) {
      chunk = newChunk();
    }
    chunk.keys[chunk.size] = from.keys[place];
    chunk.hashes[chunk.size] = from.hashes[place];
    chunk.userKeys[chunk.size] = from.userKeys[place];
    chunk.columns.copy(chunk.size, from.columns, place);
    chunk.size++;
    size++;
  }

  /**
   * Adds an event.
   *
   * @param key its group
   * @param userKey the deserialized key
   * @param range the index, in the epoch's plan, of the event's range, or {@link
   *     GroupBatch#NO_RANGE}
   * @param offset the event's offset
   * @param eventTime its event time; null if it has none
   */
  public void add(
      GroupKey key,
      @Nullable Object userKey,
      Object event,
      int range,
      long offset,
      @Nullable Instant eventTime) {
    if (eventTime == null) {
      add(key, userKey, event, range, offset, NO_TIME, 0);
    } else {
      add(key, userKey, event, range, offset, eventTime.getEpochSecond(), eventTime.getNano());
    }
  }

  /**
   * Adds an event with its event time in parts, to avoid an object per event.
   *
   * @param second the seconds since 1970; {@link #NO_TIME} if it has none
   * @param nano the nanoseconds of the second
   */
  public void add(
      GroupKey key,
      @Nullable Object userKey,
      Object event,
      int range,
      long offset,
      long second,
      int nano) {
    Chunk chunk = last;
    if (chunk == null || chunk.size == chunk.keys.length) {
      chunk = newChunk();
    }
    int place = chunk.size++;
    chunk.keys[place] = key;
    chunk.hashes[place] = key.hashCode();
    chunk.userKeys[place] = userKey;
    chunk.columns.set(place, event, range, offset, second, nano);
    size++;
  }

  private Chunk newChunk() {
    int capacity = Math.min(Math.max(size, FIRST_CAPACITY), LARGEST_CAPACITY);
    Chunk chunk = new Chunk(capacity, timed);
    chunks.add(chunk);
    last = chunk;
    return chunk;
  }

  /** Removes the event added last. */
  public void removeLast() {
    Objects.checkIndex(0, size);
    size--;
    Chunk chunk = Objects.requireNonNull(last, "last");
    chunk.size--;
    chunk.userKeys[chunk.size] = null;
    chunk.columns.clear(chunk.size);
    if (chunk.size == 0) {
      chunks.remove(chunks.size() - 1);
      last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
    }
  }

  /** Notes an event that was added to a partial result, which is already among the events. */
  public void countReduced() {
    countReduced(1);
  }

  /** Notes events that were added to partial results, which are already among the events. */
  public void countReduced(int count) {
    reduced += count;
  }

  /** Returns whether event times are stored. */
  public boolean isTimed() {
    return timed;
  }

  /** Returns the number of events; a partial result is one. */
  public int size() {
    return size;
  }

  /** Returns the number of events, including those that were reduced to partial results. */
  public int sizeBeforeReduction() {
    return size + reduced;
  }

  /** Returns whether there are no events. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the events in their order. */
  public List<@Nullable Object> events() {
    List<@Nullable Object> all = new ArrayList<>(size);
    for (Chunk chunk : chunks) {
      all.addAll(chunk.columns.events(0, chunk.size));
    }
    return all;
  }

  /** Hands over the events in their order. */
  public void forEach(Taker taker) {
    for (Chunk chunk : chunks) {
      EventColumns columns = chunk.columns;
      for (int place = 0; place < chunk.size; place++) {
        taker.take(
            chunk.keys[place],
            chunk.userKeys[place],
            Objects.requireNonNull(columns.event(place), "event"),
            columns.range(place),
            columns.offset(place),
            columns.second(place),
            columns.nano(place));
      }
    }
  }

  /**
   * Returns the groups in the order of their first events, each with its events in order. Each call
   * creates new batches, which can be iterated again.
   */
  public List<GroupBatch<Object>> byGroup() {
    GroupsByKey groups = new GroupsByKey(size);
    List<GroupBatch<Object>> groupOfEvent = new ArrayList<>(size);
    for (Chunk chunk : chunks) {
      group(chunk, groups, groupOfEvent);
    }
    // The groups share columns; each owns a section of them.
    EventColumns shared = new EventColumns(size, timed);
    int from = 0;
    for (GroupBatch<Object> group : groups.all()) {
      from = group.takePart(shared, from);
    }
    int first = 0;
    for (Chunk chunk : chunks) {
      distribute(chunk, groupOfEvent, first);
      first += chunk.size;
    }
    return groups.all();
  }

  private void group(Chunk chunk, GroupsByKey groups, List<GroupBatch<Object>> groupOfEvent) {
    for (int i = 0; i < chunk.size; i++) {
      GroupBatch<Object> group = groups.find(chunk.keys[i], chunk.hashes[i]);
      if (group == null) {
        group = new GroupBatch<>(chunk.keys[i], chunk.userKeys[i], timed);
        groups.addBehindFind(group, chunk.hashes[i]);
      }
      group.expectOneMore();
      groupOfEvent.add(group);
    }
  }

  private static void distribute(Chunk chunk, List<GroupBatch<Object>> groupOfEvent, int first) {
    EventColumns columns = chunk.columns;
    int size = chunk.size;
    for (int i = 0; i < size; i++) {
      groupOfEvent.get(first + i).add(columns, i);
    }
  }
}
