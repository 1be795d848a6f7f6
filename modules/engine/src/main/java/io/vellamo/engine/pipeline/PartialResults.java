package io.vellamo.engine.pipeline;

import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partial results of an operator's events in one epoch, by group and slice: a hash table with
 * linear probing.
 *
 * <p>It stops by itself if it saves too little, as in Flink's local-global aggregation: if the
 * first {@value #SAMPLE} events have more than {@value #MOST_RESULTS} results. The decision depends
 * on nothing but the epoch's events, so that an epoch that is run again has the same rows.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class PartialResults {
  /** After how many events it decides whether it goes on. */
  static final int SAMPLE = 1_000;

  /** How many results the first events may have. */
  static final int MOST_RESULTS = 700;

  private static final int FIRST_PLACES = 64;

  private record Entry(GroupKey key, int hash, long slice, PartialResult result) {}

  private final PreAggregation reduction;
  private final String operator;
  private final List<Entry> entries = new ArrayList<>();
  // The entry's number, counted from 1; 0 for a free place.
  private int[] entryOfPlace = new int[FIRST_PLACES];
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
    int hash = hash(key, slice);
    int place = place(key, hash, slice);
    int known = entryOfPlace[place];
    PartialResult begun = null;
    if (known != 0) {
      reduction.add(entries.get(known - 1).result, event);
    } else {
      begun = reduction.begin(event);
      entries.add(new Entry(key, hash, slice, begun));
      entryOfPlace[place] = entries.size();
      grow();
    }
    events++;
    if (events == SAMPLE && entries.size() > MOST_RESULTS) {
      hasStopped = true;
      entries.clear();
    }
    return begun;
  }

  private static int hash(GroupKey key, long slice) {
    int hash = 31 * key.hashCode() + Long.hashCode(slice);
    return hash ^ (hash >>> 16);
  }

  private int place(GroupKey key, int hash, long slice) {
    int mask = entryOfPlace.length - 1;
    int place = hash & mask;
    while (entryOfPlace[place] != 0) {
      Entry entry = entries.get(entryOfPlace[place] - 1);
      if (entry.hash == hash && entry.slice == slice && entry.key.equals(key)) {
        return place;
      }
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Doubles the table if more than half of it is full. */
  private void grow() {
    if (2 * entries.size() <= entryOfPlace.length) {
      return;
    }
    int[] larger = new int[2 * entryOfPlace.length];
    for (int number = 1; number <= entries.size(); number++) {
      int place = entries.get(number - 1).hash & (larger.length - 1);
      while (larger[place] != 0) {
        place = (place + 1) & (larger.length - 1);
      }
      larger[place] = number;
    }
    entryOfPlace = larger;
  }
}
