package io.vellamo.engine.pipeline;

import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * The partial results of an operator's events in one epoch, by group and slice: a hash table with
 * linear probing.
 *
 * <p>It stops by itself if it saves too little, as in Flink's local-global aggregation: if the
 * first {@value #SAMPLE} events have more than {@value #MOST_RESULTS} results. The decision depends
 * on nothing but the events since the beginning or {@link #clear}, so that an epoch that is run
 * again has the same rows.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class PartialResults {
  /** The number of events after which it decides whether to continue. */
  static final int SAMPLE = 1_000;

  /** The maximum number of results of the first events if it is to continue. */
  static final int MOST_RESULTS = 700;

  private static final int FIRST_PLACES = 64;

  private final PreAggregation reduction;
  private final String operator;
  // By place, so that an event reads few cache lines; there is no key at a free place.
  private @Nullable GroupKey[] keys = new GroupKey[FIRST_PLACES];
  private long[] slices = new long[FIRST_PLACES];
  private @Nullable PartialResult[] results = new PartialResult[FIRST_PLACES];
  private int size;
  private int events;
  private boolean hasStopped;

  /**
   * Creates an instance without results.
   *
   * @param operator the operator's name, for error messages
   */
  PartialResults(PreAggregation reduction, String operator) {
    this.reduction = reduction;
    this.operator = operator;
  }

  /**
   * Takes an event of a group.
   *
   * @return what takes the event's place in the group's input: a new partial result, the event
   *     itself, or null if an earlier result has taken it
   */
  @Nullable Object take(GroupKey key, Object event, EventContext context) {
    if (hasStopped || (reduction.needsEventTime() && !context.hasEventTime())) {
      return event;
    }
    context.enter(operator);
    long slice = reduction.slice(context.eventTimeMillis());
    int place = place(key, slice);
    PartialResult known = results[place];
    PartialResult begun = null;
    if (known != null) {
      reduction.add(known, event);
    } else {
      begun = reduction.begin(event);
      set(place, key, slice, begun);
      size++;
    }
    events++;
    if (events == SAMPLE && size > MOST_RESULTS) {
      stop();
    } else if (2 * size > keys.length) {
      grow();
    }
    return begun;
  }

  private int place(GroupKey key, long slice) {
    int hash = 31 * key.hashCode() + Long.hashCode(slice);
    int mask = keys.length - 1;
    int place = (hash ^ (hash >>> 16)) & mask;
    GroupKey there = keys[place];
    while (there != null && (slices[place] != slice || !there.equals(key))) {
      place = (place + 1) & mask;
      there = keys[place];
    }
    return place;
  }

  private void set(int place, GroupKey key, long slice, PartialResult result) {
    keys[place] = key;
    slices[place] = slice;
    results[place] = result;
  }

  /** Doubles the number of places, so that at least half of them are free. */
  private void grow() {
    @Nullable GroupKey[] oldKeys = keys;
    long[] oldSlices = slices;
    @Nullable PartialResult[] oldResults = results;
    allocate(2 * oldKeys.length);
    for (int old = 0; old < oldKeys.length; old++) {
      GroupKey key = oldKeys[old];
      PartialResult result = oldResults[old];
      if (key != null && result != null) {
        set(place(key, oldSlices[old]), key, oldSlices[old], result);
      }
    }
  }

  /** Begins again, as if there had been no events. */
  void clear() {
    hasStopped = false;
    size = 0;
    events = 0;
    allocate(FIRST_PLACES);
  }

  private void stop() {
    hasStopped = true;
    allocate(0);
  }

  private void allocate(int places) {
    keys = new GroupKey[places];
    slices = new long[places];
    results = new PartialResult[places];
  }
}
