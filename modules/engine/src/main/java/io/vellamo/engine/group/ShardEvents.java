package io.vellamo.engine.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
  private static final int FIRST_CAPACITY = 16;

  private GroupKey[] keys = new GroupKey[FIRST_CAPACITY];
  private int[] hashes = new int[FIRST_CAPACITY];
  private @Nullable Object[] userKeys = new Object[FIRST_CAPACITY];
  private EventColumns columns;
  private int size;

  /**
   * Creates an instance without events.
   *
   * @param timed whether event times are stored
   */
  public ShardEvents(boolean timed) {
    this.columns = new EventColumns(FIRST_CAPACITY, timed);
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
    if (size == keys.length) {
      grow();
    }
    keys[size] = key;
    hashes[size] = key.hashCode();
    userKeys[size] = userKey;
    columns.set(size, event, range, offset, eventTime);
    size++;
  }

  private void grow() {
    int capacity = size * 2;
    keys = Arrays.copyOf(keys, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    userKeys = Arrays.copyOf(userKeys, capacity);
    columns = columns.part(0, capacity);
  }

  /** Removes the event added last. */
  public void removeLast() {
    Objects.checkIndex(0, size);
    size--;
    userKeys[size] = null;
    columns.clear(size);
  }

  /** Returns the number of events. */
  public int size() {
    return size;
  }

  /** Returns whether there are no events. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the events in their order. */
  public List<@Nullable Object> events() {
    return columns.events(0, size);
  }

  /**
   * Returns the groups in the order of their first events, each with its events in order. Each call
   * creates new batches, which can be iterated again.
   */
  public List<GroupBatch<Object>> byGroup() {
    GroupsByKey groups = new GroupsByKey(size);
    List<GroupBatch<Object>> groupOfEvent = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      GroupBatch<Object> group = groups.find(keys[i], hashes[i]);
      if (group == null) {
        group = new GroupBatch<>(keys[i], userKeys[i], columns.isTimed());
        groups.addBehindFind(group, hashes[i]);
      }
      group.expectOneMore();
      groupOfEvent.add(group);
    }
    // The groups share columns; each owns a section of them.
    EventColumns shared = new EventColumns(size, columns.isTimed());
    int from = 0;
    for (GroupBatch<Object> group : groups.all()) {
      from = group.takePart(shared, from);
    }
    for (int i = 0; i < size; i++) {
      groupOfEvent.get(i).add(columns, i);
    }
    return groups.all();
  }
}
