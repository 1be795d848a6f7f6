package io.vellamo.engine.protocol.query;

import io.vellamo.engine.group.GroupKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * A sketch of the groups with the largest amounts, in bounded memory: the space-saving algorithm
 * [1], with amounts instead of single occurrences. An amount is never too small, and too large by
 * at most its error, which is at most the total divided by the capacity.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> A group that is not in a full sketch costs a pass over all counters.
 */
/*
 * [1] Ahmed Metwally, Divyakant Agrawal, Amr El Abbadi: Efficient Computation of Frequent and Top-k
 * Elements in Data Streams. ICDT 2005, https://doi.org/10.1007/978-3-540-30570-5_27
 */
final class SpaceSaving {
  /**
   * The estimate for a group.
   *
   * @param amount at least the true amount
   * @param error at most so much more than it
   */
  record Estimate(long amount, long error) {
    private Estimate plus(long amounts, long errors) {
      return new Estimate(amount + amounts, error + errors);
    }
  }

  private final int capacity;
  private final Map<GroupKey, Estimate> counters = new HashMap<>();

  /**
   * Creates an empty sketch.
   *
   * @param capacity the most groups that it holds
   */
  SpaceSaving(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an amount of a group. */
  void add(GroupKey key, long amount) {
    Estimate known = counters.get(key);
    if (known != null) {
      counters.put(key, known.plus(amount, 0));
    } else if (counters.size() < capacity) {
      counters.put(key, new Estimate(amount, 0));
    } else {
      Map.Entry<GroupKey, Estimate> least = least();
      long taken = least.getValue().amount();
      counters.remove(least.getKey());
      counters.put(key, new Estimate(taken + amount, taken));
    }
  }

  private Map.Entry<GroupKey, Estimate> least() {
    Map.Entry<GroupKey, Estimate> least = counters.entrySet().iterator().next();
    for (Map.Entry<GroupKey, Estimate> each : counters.entrySet()) {
      int order = Long.compare(each.getValue().amount(), least.getValue().amount());
      // By key if equal: a HashMap's order must not decide.
      if (order < 0 || (order == 0 && each.getKey().compareTo(least.getKey()) < 0)) {
        least = each;
      }
    }
    return least;
  }

  /** Returns the amount that a group may have that the sketch does not hold. */
  private long unseen() {
    return counters.size() < capacity ? 0 : least().getValue().amount();
  }

  /** Returns the estimates of this sketch and of one of another time together. */
  Map<GroupKey, Estimate> with(SpaceSaving other) {
    long here = unseen();
    long there = other.unseen();
    Map<GroupKey, Estimate> all = new HashMap<>();
    counters.forEach(
        (key, known) -> {
          Estimate more = other.counters.getOrDefault(key, new Estimate(there, there));
          all.put(key, known.plus(more.amount(), more.error()));
        });
    other.counters.forEach(
        (key, known) -> {
          if (!counters.containsKey(key)) {
            all.put(key, known.plus(here, here));
          }
        });
    return Collections.unmodifiableMap(all);
  }
}
