package io.vellamo.testkit.simulation;

import io.vellamo.api.query.ErrorPolicy.Action;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Thrown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A brute-force computation of what an operator must do, epoch by epoch.
 *
 * @param <V> its events
 * @param <C> the contents of its groups
 */
final class OracleOperator<V, C> implements OracleGroups {
  private static final class Group<V, C> {
    C contents;
    boolean isParked;
    // Of a group that is parked: the watermark until which it has been called.
    Watermark parkedAt = Watermark.NONE;
    // Whether it was parked when the epoch began.
    boolean wasParked;
    final List<OracleEvent<V>> waiting = new ArrayList<>();

    Group(C contents) {
      this.contents = contents;
    }
  }

  /** Tells whether a request for a parked group is fulfilled in an epoch. */
  interface Requests {
    /**
     * Returns the kind of the request, and takes note that it is fulfilled; null if there is none.
     */
    ParkRequest.@Nullable Kind take(int key, long epoch);
  }

  private final OracleCalls<V, C> calls;
  private final Action action;
  private final Requests requests;
  private final Map<Integer, Group<V, C>> groups = new TreeMap<>();

  // Of the present epoch.
  private final List<OracleEvent<Row>> rows = new ArrayList<>();
  private final List<V> deadLetters = new ArrayList<>();
  private final List<V> deadOfEpoch = new ArrayList<>();
  private EpochTimes times = new EpochTimes(0, 0, Watermark.NONE, Watermark.NONE);

  OracleOperator(OracleCalls<V, C> calls, Action action, Requests requests) {
    this.calls = calls;
    this.action = action;
    this.requests = requests;
  }

  /** Runs an epoch with the events of each group. */
  void run(Map<Integer, List<OracleEvent<V>>> events, EpochTimes epochTimes) {
    times = epochTimes;
    rows.clear();
    deadLetters.clear();
    deadOfEpoch.clear();
    Set<Integer> called = new TreeSet<>();
    Map<Integer, C> initial = times.epoch() == 1 ? calls.initial(times, rows) : Map.of();
    initial.forEach((key, contents) -> groups.put(key, new Group<>(contents)));
    Set<Integer> keys = new TreeSet<>(events.keySet());
    groups.forEach(
        (key, group) -> {
          if (group.isParked) {
            keys.add(key);
          }
        });
    groups.values().forEach(group -> group.wasParked = group.isParked);
    for (int key : keys) {
      List<OracleEvent<V>> own = events.getOrDefault(key, List.of());
      Group<V, C> group = group(key);
      if (group.isParked ? parked(key, group, own) : call(key, group, own)) {
        called.add(key);
      }
    }
    if (calls.callsInitialWithoutEvents()) {
      for (int key : initial.keySet()) {
        if (!events.containsKey(key)) {
          require(tryCall(key, group(key), List.of()), "a call for an initial state");
        }
      }
    }
    groups.forEach(
        (key, group) -> {
          boolean mayBeCalled = calls.isDueAfterEvents() || !called.contains(key);
          EpochTimes own = times(group);
          if (mayBeCalled && !group.isParked && calls.isDue(group.contents, own)) {
            group.contents = calls.onDue(key, group.contents, own, rows);
          }
        });
  }

  private Group<V, C> group(int key) {
    return groups.computeIfAbsent(key, none -> new Group<>(calls.empty()));
  }

  /** Returns the clocks of a group: one that was parked does what it has missed. */
  private EpochTimes times(Group<V, C> group) {
    return group.wasParked
        ? new EpochTimes(
            times.epoch(), times.processingTimeMillis(), times.watermark(), group.parkedAt)
        : times;
  }

  private static void require(boolean succeeds, String call) {
    if (!succeeds) {
      throw new AssertionError("%s of a generated function must not throw".formatted(call));
    }
  }

  /** Calls a group; returns whether it counts as called. */
  private boolean call(int key, Group<V, C> group, List<OracleEvent<V>> events) {
    if (tryCall(key, group, events)) {
      return true;
    }
    if (action == Action.PARK) {
      group.isParked = true;
      group.parkedAt = times.lateWatermark();
      group.waiting.addAll(events);
      return true;
    }
    return oneByOne(key, group, List.of(), events);
  }

  private boolean parked(int key, Group<V, C> group, List<OracleEvent<V>> events) {
    ParkRequest.Kind kind = requests.take(key, times.epoch());
    if (kind == null) {
      group.waiting.addAll(events);
      return true;
    }
    List<OracleEvent<V>> waiting = List.copyOf(group.waiting);
    List<OracleEvent<V>> all = new ArrayList<>(waiting);
    all.addAll(events);
    if (kind == ParkRequest.Kind.REDRIVE) {
      boolean succeeds = tryCall(key, group, all);
      group.isParked = !succeeds;
      group.waiting.clear();
      group.waiting.addAll(succeeds ? List.of() : all);
      return true;
    }
    group.isParked = false;
    group.waiting.clear();
    return oneByOne(key, group, waiting, events);
  }

  private boolean oneByOne(
      int key, Group<V, C> group, List<OracleEvent<V>> waiting, List<OracleEvent<V>> events) {
    boolean anySucceeds = false;
    for (OracleEvent<V> event : waiting) {
      boolean succeeds = tryCall(key, group, List.of(event));
      anySucceeds |= succeeds;
      if (!succeeds) {
        deadLetters.add(event.value());
      }
    }
    for (OracleEvent<V> event : events) {
      boolean succeeds = tryCall(key, group, List.of(event));
      anySucceeds |= succeeds;
      if (!succeeds) {
        deadLetters.add(event.value());
        deadOfEpoch.add(event.value());
      }
    }
    return anySucceeds;
  }

  private boolean tryCall(int key, Group<V, C> group, List<OracleEvent<V>> events) {
    List<OracleEvent<Row>> emitted = new ArrayList<>();
    try {
      group.contents = calls.onEvents(key, group.contents, events, times(group), emitted);
    } catch (Thrown e) {
      return false;
    }
    rows.addAll(emitted);
    return true;
  }

  /** Checks that no timeout or timer by processing time has passed without a call. */
  void checkTimeouts(long processingTimeMillis) {
    groups.forEach(
        (key, group) -> {
          Long due = calls.dueMillis(group.contents);
          if (due != null && !group.isParked) {
            SimulationOracle.require(
                due >= processingTimeMillis,
                "group %s is called when its timeout %s has passed, it is %s",
                key,
                due,
                processingTimeMillis);
          }
        });
  }

  /** Returns the rows of the present epoch. */
  List<OracleEvent<Row>> rows() {
    return rows;
  }

  /** Returns the whole result, of an operator that emits it. */
  List<Row> result() {
    List<Row> all = new ArrayList<>();
    groups.forEach((key, group) -> all.addAll(calls.result(key, group.contents)));
    return all;
  }

  /** Returns the events that were left out in the present epoch. */
  List<V> deadLetters() {
    return deadLetters;
  }

  /** Returns those of them that were not pending before. */
  List<V> deadOfEpoch() {
    return deadOfEpoch;
  }

  @Override
  public Map<?, Kept> kept() {
    // Not a sorted map: a key may be null.
    Map<Object, Kept> kept = new HashMap<>();
    groups.forEach(
        (key, group) -> {
          Kept ofGroup =
              calls.kept(
                  group.contents, times, group.isParked ? group.parkedAt : times.watermark());
          if (ofGroup != null) {
            kept.put(calls.journalKey(key), ofGroup);
          }
        });
    return kept;
  }

  @Override
  public boolean isOrdered() {
    return calls.isOrdered();
  }

  @Override
  public EpochTimes times() {
    return times;
  }

  @Override
  public long waiting() {
    return groups.values().stream().mapToLong(group -> group.waiting.size()).sum();
  }
}
