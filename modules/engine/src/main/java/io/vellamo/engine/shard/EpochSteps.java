package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one epoch in a shard: the groups to call, and the outcomes of their calls.
 *
 * <p><b>Order</b> {@link #initialRowCalls} and their outcomes, {@link #eventCalls} and their
 * outcomes, {@link #initialCalls} and their outcomes until there are none, {@link #timeoutCalls}
 * and their outcomes, then {@link #change}. The ledger is always that before the epoch.
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
  // Of groups that have been called and will be called again in this epoch: their entries after the
  // first call, and its effect.
  private final Map<GroupKey, GroupEntry> seeded = new HashMap<>();
  private final Map<GroupKey, GroupEntry> dueAgain = new LinkedHashMap<>();
  private final Map<GroupKey, Effect> effects = new HashMap<>();
  private long rowCount;
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
   * Creates an epoch that has not begun, with the initial states of groups.
   *
   * @param times its clocks
   * @param groups the groups with events
   * @param initial the initial states; empty except in the query's first epoch
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

  /**
   * Returns the calls of groups that have initial rows, before their events. Their outcomes must
   * have been taken before {@link #eventCalls}.
   */
  public List<EpochCall> initialRowCalls() {
    List<EpochCall> calls = new ArrayList<>();
    initial.rows().forEach((key, rows) -> calls.add(EpochCall.ofInitialRows(key, rows)));
    return calls;
  }

  /** Returns the calls with events, except those of parked groups. */
  public List<EpochCall> eventCalls(ShardLedger ledger) {
    List<EpochCall> calls = new ArrayList<>(groups.size());
    boolean anyParked = ledger.parked().size() > 0;
    for (GroupBatch<Object> batch : groups) {
      if (anyParked && ledger.parked().get(batch.key()) != null) {
        continue;
      }
      GroupEntry kept = ledger.entry(batch.key());
      calls.add(new EpochCall(batch.key(), kept.isEmpty() ? beforeEvents(batch) : kept, batch));
    }
    return calls;
  }

  /** Returns the entry of a group that the shard does not keep. */
  private GroupEntry beforeEvents(GroupBatch<Object> batch) {
    GroupEntry entry = initial.entry(batch.key());
    return seeded.isEmpty() ? entry : seeded.getOrDefault(batch.key(), entry);
  }

  /**
   * Returns the next calls of groups that have an initial state and no events; empty once all have
   * been called. If such groups are stored without a call, records their changes instead.
   *
   * @param keyCodec the codec of their keys
   * @param most the maximum number of calls, so that not all groups are live at once
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

  /**
   * Returns the calls of groups whose timeouts have passed, except groups with events in this
   * epoch. A group whose events were all left out counts as one without events. Groups with
   * variables are called for the timers that are due after their events, too.
   */
  public List<EpochCall> timeoutCalls(ShardLedger ledger) {
    List<EpochCall> calls = timeoutsWithoutEvents(ledger);
    if (dueAgain.isEmpty()) {
      return calls;
    }
    List<EpochCall> all = new ArrayList<>(calls);
    dueAgain.forEach((key, entry) -> all.add(timersAfterEvents(key, entry, ledger)));
    return all;
  }

  /** Returns the call for a group's timers, which sees the same clocks as that for its events. */
  private static EpochCall timersAfterEvents(GroupKey key, GroupEntry entry, ShardLedger ledger) {
    ParkedEntry parked = ledger.parked().get(key);
    Watermark late = parked == null ? null : parked.reason().lateWatermark();
    return new EpochCall(key, entry, null, false, null, late, null, false);
  }

  private List<EpochCall> timeoutsWithoutEvents(ShardLedger ledger) {
    List<GroupKey> due = ledger.due(times);
    if (due.isEmpty()) {
      return List.of();
    }
    // The groups with events are looked up in the set of due groups.
    Set<GroupKey> without = new LinkedHashSet<>(due);
    for (GroupBatch<Object> batch : groups) {
      if (!leftOut.contains(batch.key())) {
        without.remove(batch.key());
      }
    }
    // Called with their entries after the events, even if all events were left out.
    without.removeAll(dueAgain.keySet());
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

  /** Records that all events of a group were left out: the group counts as one without events. */
  void leaveOut(GroupKey key) {
    leftOut.add(key);
  }

  /** Returns whether all events of a group were left out, and its timers are not called anyway. */
  boolean isLeftOut(GroupKey key) {
    return leftOut.contains(key) && !dueAgain.containsKey(key);
  }

  /** Takes the outcome of a call. */
  public void take(EpochCall call, StepOutcome outcome) {
    GroupChange change = outcome.change();
    GroupChange stored = initial.stored(change);
    // Most calls emit no rows, and addAll allocates an array even then.
    if (!outcome.rows().isEmpty()) {
      rows.addAll(outcome.rows());
      rowCount += outcome.rows().size();
    }
    if (!stored.isNothing()) {
      changes.add(stored);
    }
    if (call.initialRows() != null) {
      seeded.put(call.key(), change.applyTo(call.entry()));
    }
    if (outcome.timersAreDue()) {
      dueAgain.put(call.key(), change.applyTo(call.entry()));
    } else if (!dueAgain.isEmpty() && call.batch() != null) {
      // Asked first: even for an empty map, a removal loads the key from memory for its hash.
      dueAgain.remove(call.key());
    }
    boolean isCalledAgain = call.initialRows() != null || outcome.timersAreDue();
    count(change, isCalledAgain || !effects.isEmpty());
  }

  /** Counts a group once, by its effects in all of its calls. */
  private void count(GroupChange change, boolean isOneOfSeveral) {
    if (!isOneOfSeveral) {
      count(change.effect(), 1);
      return;
    }
    Effect before = effects.getOrDefault(change.key(), Effect.NONE);
    Effect after = change.effect() == Effect.NONE ? before : change.effect();
    count(before, -1);
    count(after, 1);
    effects.put(change.key(), after);
  }

  private void count(Effect effect, int groups) {
    if (effect == Effect.REMOVED) {
      removed += groups;
    } else if (effect != Effect.NONE) {
      updated += groups;
    }
  }

  /**
   * Returns all changes of the epoch.
   *
   * @param incarnation the run of the query's coordinator
   * @param expired the times until which entries have expired; null if none has
   */
  public ShardChange change(long incarnation, @Nullable Expired expired) {
    return new ShardChange(incarnation, times.epoch(), changes, expired);
  }

  /** Returns the emitted rows, in order; empty after {@link #countRowsOnly}. */
  public List<Object> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Returns the number of emitted rows. */
  public long rowCount() {
    return rowCount;
  }

  /** Forgets the emitted rows, except for their number. */
  public void countRowsOnly() {
    rows.clear();
  }

  /** Returns the number of groups that were written. */
  public long updated() {
    return updated;
  }

  /** Returns the number of groups that were removed. */
  public long removed() {
    return removed;
  }

  private Set<GroupKey> called() {
    Set<GroupKey> called = new HashSet<>();
    groups.forEach(batch -> called.add(batch.key()));
    return called;
  }
}
