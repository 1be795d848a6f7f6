package io.vellamo.engine.shard;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.GroupVariables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of a shard: its groups' entries and timers, its parked groups, and its last epoch with
 * that epoch's rows and dead letters.
 *
 * <p>Holds only what the journal contains: a change is applied once its write is acknowledged.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Memory of all serialized keys and states of the shard.
 */
public final class ShardLedger {
  private final GroupStateTimeout timeout;
  private final Map<GroupKey, GroupEntry> groups = new HashMap<>();
  private final TimerIndex timers = new TimerIndex();
  private final ParkedGroups parked = new ParkedGroups();
  private List<Object> freed = new ArrayList<>();
  private List<StoredValue> lastRows = List.of();
  private List<GroupDeadLetter> lastDeadLetters = List.of();
  private long lastEpoch;
  private long incarnation;
  private long owner;
  private long keptBytes;
  private long journaledBytes;
  private boolean hasSnapshot;

  private final HeldParts held = new HeldParts();
  private final VariableGroups withVariables =
      new VariableGroups(groups, this::isParked, this::free);

  /** Creates the ledger of a shard without groups, whose timers run on the operator's clock. */
  public ShardLedger(GroupStateTimeout timeout) {
    this.timeout = timeout;
  }

  /**
   * Buffers a part of an epoch's changes until the last part is applied, as {@link HeldParts} says.
   *
   * @param number the number of the part among all parts of the epoch, from 0
   * @param part the part
   */
  public void hold(int number, ShardChange part) {
    held.begin(number, part.incarnation(), part.epoch());
    held.changes().add(part);
  }

  /** Buffers dead letters of an epoch, like a part of its changes. */
  public void hold(int number, ShardDeadLetters part) {
    held.begin(number, part.incarnation(), part.epoch());
    held.letters().add(part);
  }

  /** Buffers changes of parked groups, like a part of an epoch's changes. */
  public void hold(int number, ShardParks part) {
    held.begin(number, part.incarnation(), part.epoch());
    held.parks().add(part);
  }

  /** Takes note of events of an epoch, which are not kept but count as a part. */
  public void hold(int number, ShardInputs part) {
    held.begin(number, part.incarnation(), part.epoch());
  }

  /** Applies an epoch's changes, which are in one part. */
  public void apply(ShardChange change) {
    apply(0, change);
  }

  /**
   * Applies the last part of an epoch's changes together with the buffered parts.
   *
   * @param number the number of the last part, from 0
   * @param change the last part
   */
  public void apply(int number, ShardChange change) {
    hold(number, change);
    List<StoredValue> rows = new ArrayList<>();
    for (ShardChange part : held.changes()) {
      for (GroupChange group : part.groups()) {
        apply(group);
        if (!group.rows().isEmpty()) {
          rows.addAll(group.rows());
        }
      }
      journaledBytes += part.size();
    }
    lastDeadLetters = held.letters().stream().flatMap(part -> part.letters().stream()).toList();
    journaledBytes += held.letters().stream().mapToLong(ShardDeadLetters::size).sum();
    for (ShardParks part : held.parks()) {
      part.changes().forEach(this::apply);
      journaledBytes += part.size();
    }
    if (change.expired() != null) {
      withVariables.expire(change.expired());
    }
    held.clear();
    lastRows = rows;
    lastEpoch = change.epoch();
    incarnation = Math.max(incarnation, change.incarnation());
  }

  /** Applies a change. The most common effect, a new state, takes a single access to the map. */
  private void apply(GroupChange group) {
    if (group.effect() == Effect.VARIABLES) {
      withVariables.apply(group.key(), group.variables());
    } else if (group.effect() == Effect.STATE) {
      GroupEntry after = group.applyTo(GroupEntry.EMPTY);
      GroupEntry before = groups.put(group.key(), after);
      replaced(group.key(), before == null ? GroupEntry.EMPTY : before, after);
    } else if (group.effect() != Effect.NONE) {
      GroupEntry before = entry(group.key());
      put(group.key(), before, group.applyTo(before));
    }
  }

  /**
   * Applies a change of a parked group. Timeouts are suspended while a group is parked: it has no
   * timer.
   */
  private void apply(ParkChange change) {
    GroupKey key = change.key();
    GroupEntry entry = entry(key);
    parked.apply(change);
    GroupVariables variables = entry.keptVariables();
    if (variables != null) {
      withVariables.parkedOrNot(key, variables);
    } else if (!entry.isEmpty()) {
      entry.timer(timers.change(entry.timer(), key, dueMillis(key, entry)));
    }
  }

  /** Restores the parked groups of a part of a snapshot. */
  public void restore(List<ParkChange> parkedGroups) {
    parkedGroups.forEach(this::apply);
  }

  /** Records a request for a parked group. */
  public void request(GroupKey key, ParkRequest request) {
    parked.request(key, request);
  }

  /** Restores the groups of a part of a snapshot. */
  public void restore(SnapshotPart part) {
    part.groups().forEach(this::restore);
    hasSnapshot |= part.last();
  }

  @SuppressWarnings("ReferenceEquality") // a part of this ledger contains its own entries
  private void restore(SnapshotPart.Group group) {
    GroupEntry before = entry(group.key());
    if (before == group.entry() && !before.isEmpty()) {
      return;
    }
    if (!group.contents().isEmpty()) {
      withVariables.apply(group.key(), group.contents());
    } else if (!group.hasVariables() && !group.entry().isEmpty()) {
      put(group.key(), before, group.entry().copy(group.key()));
    }
  }

  /** Restores the activation that wrote a part of a snapshot. */
  public void restoreOwner(long writer) {
    owner = Math.max(owner, writer);
  }

  /**
   * Returns whether the journal since the last snapshot has grown larger than the shard, so that a
   * snapshot writes no more bytes than the changes did.
   *
   * @param leastBytes the minimum growth for a snapshot
   * @param firstShare the share of that growth, from 0 to 1, after which the first snapshot is due:
   *     different shares spread the snapshots of a query's shards over time
   */
  public boolean isSnapshotDue(long leastBytes, double firstShare) {
    double share = hasSnapshot ? 1 : firstShare;
    return journaledBytes > share * Math.max(bytes() + parked.bytes(), leastBytes);
  }

  /**
   * Returns the approximate size of all groups in the journal: keys, states, variables and timers.
   * Pending events of parked groups are not included. Takes constant time.
   */
  public long bytes() {
    return keptBytes + withVariables.growth();
  }

  /** Records the start of a snapshot. */
  void snapshotBegun() {
    journaledBytes = 0;
    hasSnapshot = true;
  }

  /**
   * Records that an activation of the shard owns its journal, for a run of the query. Parts of an
   * epoch that an earlier activation did not complete are discarded.
   *
   * @param newOwner the activation
   * @param newIncarnation the run; the shard refuses requests of earlier runs
   */
  public void own(long newOwner, long newIncarnation) {
    held.clear();
    owner = Math.max(owner, newOwner);
    incarnation = Math.max(incarnation, newIncarnation);
  }

  /** Returns a group's entry, which is empty if the group is not kept. */
  public GroupEntry entry(GroupKey key) {
    return groups.getOrDefault(key, GroupEntry.EMPTY);
  }

  /**
   * Restores the order of entries of variables that changes between the parts of a snapshot have
   * put out of order. Must be called once the recovery has applied all records.
   */
  public void recovered() {
    withVariables.settle();
  }

  /** Returns the numbers of other variables than some of which groups have entries. */
  public List<Integer> variablesExcept(IntPredicate some) {
    return withVariables.numbers().stream().filter(some.negate()).boxed().toList();
  }

  /** Removes all entries of some variables. */
  public void forget(List<Integer> variables) {
    withVariables.forget(variables);
  }

  /** Returns the times until which entries have expired in an epoch; null if none has. */
  public @Nullable Expired expired(EpochTimes times) {
    return withVariables.expired(times);
  }

  /**
   * Returns the groups whose timeouts have passed in an epoch, earliest first.
   *
   * <p>Parked groups are not included. The ledger does not reflect the epoch's own calls: the
   * caller must exclude groups that were called with events, since such a call clears the timeout.
   */
  public List<GroupKey> due(EpochTimes times) {
    List<GroupKey> timersDue = withVariables.due(times);
    return timersDue.isEmpty() ? timeoutsDue(times) : timersDue;
  }

  /** The groups of a shard have either a timeout or variables. */
  private List<GroupKey> timeoutsDue(EpochTimes times) {
    return switch (timeout) {
      case NONE -> List.of();
      case EVENT_TIME -> timers.dueBefore(times.watermark().millis());
      case PROCESSING_TIME -> timers.dueBefore(times.processingTimeMillis());
    };
  }

  /** Returns whether a group's timeout has passed in an epoch, even if the group is parked. */
  boolean isTimeoutDue(GroupKey key, EpochTimes times) {
    GroupVariables variables = entry(key).keptVariables();
    if (variables != null) {
      return VariableTimes.isDue(variables, times);
    }
    Long timeoutMillis = entry(key).timeoutMillis();
    if (timeoutMillis == null) {
      return false;
    }
    return switch (timeout) {
      case NONE -> false;
      case EVENT_TIME -> timeoutMillis < times.watermark().millis();
      case PROCESSING_TIME -> timeoutMillis < times.processingTimeMillis();
    };
  }

  /** Returns the next due times of the shard: those of timers and of requests for parked groups. */
  public NextDue nextDue() {
    return parked.hasRequests() ? timersDue().earlier(NextDue.NOW) : timersDue();
  }

  private NextDue timersDue() {
    Long earliest = timers.earliestMillis();
    return switch (timeout) {
      case NONE -> withVariables.nextDue();
      case EVENT_TIME -> new NextDue(earliest, null);
      case PROCESSING_TIME -> new NextDue(null, earliest);
    };
  }

  /** Returns the host handles of the groups removed since the last call. */
  public List<Object> freedHandles() {
    List<Object> handles = freed;
    freed = new ArrayList<>();
    return handles;
  }

  /** Returns an unmodifiable view of the groups and their entries. */
  public Map<GroupKey, GroupEntry> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** Returns the parked groups. */
  public ParkedGroups parked() {
    return parked;
  }

  /** Returns the last epoch that changed the shard; 0 if there is none. */
  public long lastEpoch() {
    return lastEpoch;
  }

  /** Returns the rows of the last epoch. */
  public List<StoredValue> lastRows() {
    return lastRows;
  }

  /** Returns the dead letters of the last epoch. */
  public ShardDeadLetters lastDeadLetters() {
    return new ShardDeadLetters(incarnation, lastEpoch, lastDeadLetters);
  }

  /** Returns the latest run of the coordinator that the shard knows. */
  public long incarnation() {
    return incarnation;
  }

  /** Returns the latest activation of the shard; 0 if there is none. */
  public long owner() {
    return owner;
  }

  private void put(GroupKey key, GroupEntry before, GroupEntry after) {
    if (after.isEmpty()) {
      groups.remove(key);
    } else {
      groups.put(key, after);
    }
    replaced(key, before, after);
  }

  private void replaced(GroupKey key, GroupEntry before, GroupEntry after) {
    if (after.isEmpty()) {
      timers.change(before.timer(), key, TimerIndex.NONE);
      if (before.keptVariables() != null) {
        withVariables.removed(key);
      }
      free(before);
    } else {
      after.hostHandle(before.hostHandle());
      after.timer(timers.change(before.timer(), key, dueMillis(key, after)));
    }
    keptBytes += after.growth(before, key);
  }

  private void free(GroupEntry removed) {
    Object hostHandle = removed.hostHandle();
    if (hostHandle != null) {
      freed.add(hostHandle);
    }
  }

  private boolean isParked(GroupKey key) {
    return parked.size() > 0 && parked.get(key) != null;
  }

  private long dueMillis(GroupKey key, GroupEntry entry) {
    return isParked(key) ? TimerIndex.NONE : entry.dueMillis();
  }
}
