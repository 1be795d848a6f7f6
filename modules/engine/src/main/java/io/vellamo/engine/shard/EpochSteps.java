package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One epoch on its way through a shard: which groups are called, and what becomes of it.
 *
 * <p><b>Order</b> {@link #eventCalls}, their outcomes, {@link #initialCalls} and their outcomes
 * until there are none, {@link #timeoutCalls}, their outcomes, then {@link #change}. The ledger is
 * the one before the epoch all the time.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class EpochSteps {
  private final EpochTimes times;
  private final List<GroupBatch<Object>> groups;
  private final InitialGroups initial;
  private final Iterator<GroupKey> withoutEvents;
  private final List<GroupChange> changes = new ArrayList<>();
  private final List<Object> rows = new ArrayList<>();
  private final Set<GroupKey> leftOut = new HashSet<>();
  private long updated;
  private long removed;

  /**
   * Creates an epoch that has not begun.
   *
   * @param times its clocks
   * @param groups the groups with events
   */
  public EpochSteps(EpochTimes times, List<GroupBatch<Object>> groups) {
    this(times, groups, InitialGroups.NONE);
  }

  /**
   * Creates an epoch that has not begun, with groups that have a state before it.
   *
   * @param times its clocks
   * @param groups the groups with events
   * @param initial the states before it; none but in the query's first epoch
   */
  public EpochSteps(EpochTimes times, List<GroupBatch<Object>> groups, InitialGroups initial) {
    this.times = times;
    this.groups = groups;
    this.initial = initial;
    this.withoutEvents = withoutEvents();
  }

  private Iterator<GroupKey> withoutEvents() {
    if (initial.isEmpty()) {
      return Collections.emptyIterator();
    }
    Set<GroupKey> called = called();
    return initial.states().keySet().stream().filter(key -> !called.contains(key)).iterator();
  }

  /** Returns the calls with events; of parked groups there are none. */
  public List<EpochCall> eventCalls(ShardLedger ledger) {
    List<EpochCall> calls = new ArrayList<>(groups.size());
    boolean anyParked = ledger.parked().size() > 0;
    for (GroupBatch<Object> batch : groups) {
      if (anyParked && ledger.parked().get(batch.key()) != null) {
        continue;
      }
      GroupEntry kept = ledger.entry(batch.key());
      kept.shareKey(batch);
      calls.add(
          new EpochCall(batch.key(), kept.isEmpty() ? initial.entry(batch.key()) : kept, batch));
    }
    return calls;
  }

  /**
   * Returns some calls of groups that have an initial state and no events; none once all have been
   * called. Those that are stored without a call are taken care of here.
   *
   * @param keyCodec reads their keys
   * @param most the most calls, so that not all groups are live at once
   */
  public List<EpochCall> initialCalls(KeyCodec keyCodec, int most) {
    if (initial.calledOnlyWithEvents()) {
      withoutEvents.forEachRemaining(key -> changes.add(initial.stored(key)));
      return List.of();
    }
    List<EpochCall> calls = new ArrayList<>();
    while (calls.size() < most && withoutEvents.hasNext()) {
      GroupKey key = withoutEvents.next();
      GroupBatch<Object> batch = new GroupBatch<>(key, keyCodec.read(key));
      calls.add(new EpochCall(key, initial.entry(key), batch));
    }
    return calls;
  }

  /** Returns the calls whose timeouts have passed; a group with events has none in that epoch. */
  public List<EpochCall> timeoutCalls(ShardLedger ledger) {
    List<GroupKey> due = ledger.due(times);
    if (due.isEmpty()) {
      return List.of();
    }
    // The fewer are looked for among the more.
    Set<GroupKey> without = new LinkedHashSet<>(due);
    for (GroupBatch<Object> batch : groups) {
      if (!leftOut.contains(batch.key())) {
        without.remove(batch.key());
      }
    }
    List<EpochCall> calls = new ArrayList<>(without.size());
    for (GroupKey key : without) {
      calls.add(new EpochCall(key, ledger.entry(key), null));
    }
    return calls;
  }

  /** Returns the epoch's clocks. */
  EpochTimes times() {
    return times;
  }

  /** Returns whether a group has events in the epoch. */
  boolean hasEvents(GroupKey key) {
    return groups.stream().anyMatch(batch -> batch.key().equals(key));
  }

  /** Notes that none of a group's events counted: it is as if it had none. */
  void leaveOut(GroupKey key) {
    leftOut.add(key);
  }

  /** Returns whether a group had events and none of them counted. */
  boolean isLeftOut(GroupKey key) {
    return leftOut.contains(key);
  }

  /** Takes what a call gave. */
  public void take(StepOutcome outcome) {
    GroupChange change = outcome.change();
    GroupChange stored = initial.stored(change);
    // Most calls emit nothing; to add that would take an array.
    if (!outcome.rows().isEmpty()) {
      rows.addAll(outcome.rows());
    }
    if (!stored.isNothing()) {
      changes.add(stored);
    }
    if (change.effect() == Effect.REMOVED) {
      removed++;
    } else if (change.effect() != Effect.NONE) {
      updated++;
    }
  }

  /** Returns everything the epoch changed, for a run of the query's coordinator. */
  public ShardChange change(long incarnation) {
    return new ShardChange(incarnation, times.epoch(), changes);
  }

  /** Returns the rows that were emitted, in order. */
  public List<Object> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Returns how many groups were written. */
  public long updated() {
    return updated;
  }

  /** Returns how many groups were removed. */
  public long removed() {
    return removed;
  }

  private Set<GroupKey> called() {
    Set<GroupKey> called = new HashSet<>();
    groups.forEach(batch -> called.add(batch.key()));
    return called;
  }
}
