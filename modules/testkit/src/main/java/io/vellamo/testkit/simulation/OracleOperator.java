package io.vellamo.testkit.simulation;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy.Action;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Tally;
import io.vellamo.testkit.simulation.Generated.Thrown;
import io.vellamo.testkit.simulation.GeneratedOperators.Initial;
import java.util.ArrayList;
import java.util.Iterator;
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
 */
final class OracleOperator<V> implements OracleGroups {
  private static final class Group<V> {
    @Nullable Tally state;
    @Nullable Long timeoutMillis;
    boolean isParked;
    final List<V> waiting = new ArrayList<>();

    static <V> Group<V> of(Tally state) {
      Group<V> group = new Group<>();
      group.state = state;
      return group;
    }

    boolean isEmpty() {
      return state == null && timeoutMillis == null;
    }
  }

  /** Tells whether a request for a parked group is fulfilled in an epoch. */
  interface Requests {
    /**
     * Returns the kind of the request, and takes note that it is fulfilled; null if there is none.
     */
    ParkRequest.@Nullable Kind take(int key, long epoch);
  }

  private final FlatMapGroupsWithStateFunction<Integer, V, Tally, Row> function;
  private final GroupStateTimeout timeout;
  private final Action action;
  private final Requests requests;
  private final Initial initial;
  private final Map<Integer, Group<V>> groups = new TreeMap<>();

  // Of the present epoch.
  private final List<Row> rows = new ArrayList<>();
  private final List<V> deadLetters = new ArrayList<>();
  private final List<V> deadOfEpoch = new ArrayList<>();

  OracleOperator(
      FlatMapGroupsWithStateFunction<Integer, V, Tally, Row> function,
      GroupStateTimeout timeout,
      Action action,
      Requests requests,
      Initial initial) {
    this.function = function;
    this.timeout = timeout;
    this.action = action;
    this.requests = requests;
    this.initial = initial;
  }

  /** Runs an epoch with the events of each group. */
  void run(Map<Integer, List<V>> events, EpochTimes times) {
    rows.clear();
    deadLetters.clear();
    deadOfEpoch.clear();
    Set<Integer> called = new TreeSet<>();
    if (times.epoch() == 1) {
      initial.states().forEach((key, state) -> groups.put(key, Group.of(state)));
    }
    Set<Integer> keys = new TreeSet<>(events.keySet());
    groups.forEach(
        (key, group) -> {
          if (group.isParked) {
            keys.add(key);
          }
        });
    for (int key : keys) {
      List<V> own = events.getOrDefault(key, List.of());
      Group<V> group = group(key);
      if (group.isParked ? parked(key, group, own, times) : call(key, group, own, times)) {
        called.add(key);
      }
    }
    if (times.epoch() == 1 && !initial.calledOnlyWithEvents()) {
      for (int key : initial.states().keySet()) {
        if (!events.containsKey(key)) {
          require(tryCall(key, group(key), List.of(), times, false), "a call for an initial state");
        }
      }
    }
    groups.forEach(
        (key, group) -> {
          if (!called.contains(key) && !group.isParked && isDue(group, times)) {
            require(tryCall(key, group, List.of(), times, true), "a timeout");
          }
        });
  }

  private Group<V> group(int key) {
    return groups.computeIfAbsent(key, none -> new Group<>());
  }

  private static void require(boolean succeeds, String call) {
    if (!succeeds) {
      throw new AssertionError("%s of a generated function must not throw".formatted(call));
    }
  }

  private boolean isDue(Group<V> group, EpochTimes times) {
    Long due = group.timeoutMillis;
    if (due == null) {
      return false;
    }
    long now =
        timeout == GroupStateTimeout.EVENT_TIME
            ? times.watermark().millis()
            : times.processingTimeMillis();
    return due < now;
  }

  /** Calls a group; returns whether it counts as called. */
  private boolean call(int key, Group<V> group, List<V> events, EpochTimes times) {
    if (tryCall(key, group, events, times, false)) {
      return true;
    }
    if (action == Action.PARK) {
      group.isParked = true;
      group.waiting.addAll(events);
      return true;
    }
    return oneByOne(key, group, List.of(), events, times);
  }

  private boolean parked(int key, Group<V> group, List<V> events, EpochTimes times) {
    ParkRequest.Kind kind = requests.take(key, times.epoch());
    if (kind == null) {
      group.waiting.addAll(events);
      return true;
    }
    List<V> waiting = List.copyOf(group.waiting);
    List<V> all = new ArrayList<>(waiting);
    all.addAll(events);
    if (kind == ParkRequest.Kind.REDRIVE) {
      boolean succeeds = tryCall(key, group, all, times, false);
      group.isParked = !succeeds;
      group.waiting.clear();
      group.waiting.addAll(succeeds ? List.of() : all);
      return true;
    }
    group.isParked = false;
    group.waiting.clear();
    return oneByOne(key, group, waiting, events, times);
  }

  private boolean oneByOne(
      int key, Group<V> group, List<V> waiting, List<V> events, EpochTimes times) {
    boolean anySucceeds = false;
    for (V event : waiting) {
      boolean succeeds = tryCall(key, group, List.of(event), times, false);
      anySucceeds |= succeeds;
      if (!succeeds) {
        deadLetters.add(event);
      }
    }
    for (V event : events) {
      boolean succeeds = tryCall(key, group, List.of(event), times, false);
      anySucceeds |= succeeds;
      if (!succeeds) {
        deadLetters.add(event);
        deadOfEpoch.add(event);
      }
    }
    return anySucceeds;
  }

  private boolean tryCall(
      int key, Group<V> group, List<V> events, EpochTimes times, boolean timedOut) {
    OracleState<Tally> state = new OracleState<>(group.state, times, timedOut);
    List<Row> emitted = new ArrayList<>();
    try {
      Iterator<Row> result = function.call(key, events.iterator(), state);
      result.forEachRemaining(emitted::add);
    } catch (Thrown e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    group.state = state.value();
    group.timeoutMillis = state.timeoutMillis();
    rows.addAll(emitted);
    return true;
  }

  /** Checks that no timeout by processing time has passed without a call. */
  void checkTimeouts(long processingTimeMillis) {
    if (timeout == GroupStateTimeout.EVENT_TIME) {
      return;
    }
    groups.forEach(
        (key, group) -> {
          Long due = group.timeoutMillis;
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
  List<Row> rows() {
    return rows;
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
    Map<Integer, Kept> kept = new TreeMap<>();
    groups.forEach(
        (key, group) -> {
          if (!group.isEmpty()) {
            kept.put(key, new Kept(group.state, group.timeoutMillis));
          }
        });
    return kept;
  }

  @Override
  public long waiting() {
    return groups.values().stream().mapToLong(group -> group.waiting.size()).sum();
  }
}
