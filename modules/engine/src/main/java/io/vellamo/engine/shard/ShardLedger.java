package io.vellamo.engine.shard;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
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
  private final ParkedGroups parked = new ParkedGroups();
  private List<Object> freed = new ArrayList<>();
  private List<StoredValue> lastRows = List.of();
  private List<GroupDeadLetter> lastDeadLetters = List.of();
  private long lastEpoch;
  private long incarnation;
  private long owner;
  private long journaledBytes;
  private boolean hasSnapshot;

  private final HeldParts held = new HeldParts();
  private final SingleGroups singles;
  private final VariableGroups withVariables = new VariableGroups(this::isParked, this::free);

  /** Creates the ledger of a shard without groups, whose timers run on the operator's clock. */
  public ShardLedger(GroupStateTimeout timeout) {
    this.timeout = timeout;
    this.singles = new SingleGroups(timeout, this::isParked, this::free);
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
        apply(group, change.epoch());
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

  private void apply(GroupChange group, long epoch) {
    GroupKey key = group.key();
    switch (group.effect()) {
      case NONE -> {
        // The group stays as it is.
      }
      case VARIABLES -> {
        singles.remove(key);
        withVariables.apply(key, group.variables());
      }
      case STATE -> {
        withVariables.remove(key);
        singles.put(key, group.state(), timeout(group), epoch);
      }
      case TIMEOUT, TIMEOUT_WITHOUT_STATE, REMOVED -> {
        withVariables.remove(key);
        singles.apply(group);
      }
    }
  }

  private static long timeout(GroupChange group) {
    Long millis = group.timeoutMillis();
    return millis == null ? GroupEntry.NO_TIMEOUT : millis;
  }

  /**
   * Applies a change of a parked group. Timeouts are suspended while a group is parked: it has no
   * timer.
   */
  private void apply(ParkChange change) {
    parked.apply(change);
    singles.parkedOrNot(change.key());
    withVariables.parkedOrNot(change.key());
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
    GroupKey key = group.key();
    GroupEntry entry = group.entry();
    if (group.hasVariables()) {
      if (!group.contents().isEmpty() && withVariables.entry(key) != entry) {
        singles.remove(key);
        withVariables.apply(key, group.contents());
      }
    } else if (!entry.isEmpty() && !singles.holds(key, entry)) {
      withVariables.remove(key);
      singles.put(key, entry.state(), entry.dueMillis(), GroupEntry.NO_EPOCH);
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
    return singles.table().bytes() + withVariables.growth();
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

  /**
   * Returns a group's entry, which is empty if the group is not kept.
   *
   * <p><b>Cost</b> A copy of the state, if the group has one.
   */
  public GroupEntry entry(GroupKey key) {
    GroupEntry single = singles.entry(key);
    GroupEntry entry = single == null ? withVariables.entry(key) : single;
    return entry == null ? GroupEntry.EMPTY : entry;
  }

  /** Returns whether a group is kept: whether its entry is not empty. */
  public boolean isKept(GroupKey key) {
    return singles.isKept(key) || withVariables.entry(key) != null;
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
    // The groups of a shard have either a timeout or variables.
    List<GroupKey> timersDue = withVariables.due(times);
    return timersDue.isEmpty() ? singles.due(times) : timersDue;
  }

  /** Returns whether a group's timeout has passed in an epoch, even if the group is parked. */
  boolean isTimeoutDue(GroupKey key, EpochTimes times) {
    return singles.isKept(key) ? singles.isDue(key, times) : withVariables.isTimerDue(key, times);
  }

  /** Returns the next due times of the shard: those of timers and of requests for parked groups. */
  public NextDue nextDue() {
    return parked.hasRequests() ? timersDue().earlier(NextDue.NOW) : timersDue();
  }

  private NextDue timersDue() {
    return timeout == GroupStateTimeout.NONE ? withVariables.nextDue() : singles.nextDue();
  }

  /** Returns the host handles of the groups removed since the last call. */
  public List<Object> freedHandles() {
    List<Object> handles = freed;
    freed = new ArrayList<>();
    return handles;
  }

  /**
   * Returns the host's handle of a live group; null if the group is not live. Handles are not
   * persisted.
   */
  public @Nullable Object hostHandle(GroupKey key) {
    GroupEntry entry = withVariables.entry(key);
    return entry == null ? singles.hostHandle(key) : entry.hostHandle();
  }

  /** Sets the host's handle of a group that is kept; null if the group is no longer live. */
  public void hostHandle(GroupKey key, @Nullable Object handle) {
    GroupEntry entry = withVariables.entry(key);
    if (entry != null) {
      entry.hostHandle(handle);
    } else {
      singles.hostHandle(key, handle);
    }
  }

  /** Returns an unmodifiable view of the groups and their entries, which are copied when read. */
  public Map<GroupKey, GroupEntry> groups() {
    return new LedgerGroups(singles.table(), withVariables);
  }

  GroupTable singles() {
    return singles.table();
  }

  VariableGroups withVariables() {
    return withVariables;
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

  private void free(@Nullable Object hostHandle) {
    if (hostHandle != null) {
      freed.add(hostHandle);
    }
  }

  private boolean isParked(GroupKey key) {
    return parked.size() > 0 && parked.get(key) != null;
  }
}
