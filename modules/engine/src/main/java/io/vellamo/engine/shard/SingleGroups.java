package io.vellamo.engine.shard;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a shard that have a single state or a timeout, and their timers.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class SingleGroups {
  private final GroupStateTimeout timeout;
  private final Predicate<GroupKey> isParked;
  private final Consumer<@Nullable Object> freed;
  private final GroupTable table = new GroupTable();
  private final TimerIndex timers = new TimerIndex(table::key);

  /**
   * Creates an instance without groups.
   *
   * @param timeout the clock of the timeouts
   * @param isParked returns whether a group is parked
   * @param freed receives the host handle of each group that is removed; null if it has none
   */
  SingleGroups(
      GroupStateTimeout timeout, Predicate<GroupKey> isParked, Consumer<@Nullable Object> freed) {
    this.timeout = timeout;
    this.isParked = isParked;
    this.freed = freed;
  }

  GroupTable table() {
    return table;
  }

  /** Returns a copy of a group's entry; null if it is not kept. */
  @Nullable GroupEntry entry(GroupKey key) {
    int slot = table.find(key);
    return slot == GroupTable.NONE ? null : table.entry(slot);
  }

  boolean isKept(GroupKey key) {
    return table.find(key) != GroupTable.NONE;
  }

  /** Returns whether a group has this entry. */
  boolean holds(GroupKey key, GroupEntry entry) {
    int slot = table.find(key);
    return slot != GroupTable.NONE && table.holds(slot, entry);
  }

  /** Sets a group's state and timeout, of which it must have one. */
  void put(GroupKey key, byte @Nullable [] state, long timeoutMillis, long stateEpoch) {
    setTimer(table.put(table.find(key), key, state, timeoutMillis, stateEpoch), key);
  }

  /** Applies a change other than a new state. */
  void apply(GroupChange change) {
    GroupKey key = change.key();
    int slot = table.find(key);
    GroupEntry before = slot == GroupTable.NONE ? GroupEntry.EMPTY : table.entry(slot);
    GroupEntry after = change.applyTo(before);
    if (after.isEmpty()) {
      remove(key);
    } else {
      long epoch = change.stateEpochAfter(before, GroupEntry.NO_EPOCH);
      put(key, after.state(), after.dueMillis(), epoch);
    }
  }

  /** Removes a group, if it is kept. */
  void remove(GroupKey key) {
    int slot = table.find(key);
    if (slot != GroupTable.NONE) {
      timers.change(slot, TimerIndex.NONE);
      freed.accept(table.handle(slot));
      table.remove(slot, key);
    }
  }

  /** Takes note that a group may have been parked or unparked: a parked one has no timer. */
  void parkedOrNot(GroupKey key) {
    int slot = table.find(key);
    if (slot != GroupTable.NONE) {
      setTimer(slot, key);
    }
  }

  private void setTimer(int slot, GroupKey key) {
    long timeoutMillis = table.timeoutMillis(slot);
    // Asked first, as most groups of an operator without timeouts have none.
    boolean isSuspended = timeoutMillis != GroupEntry.NO_TIMEOUT && isParked.test(key);
    timers.change(slot, isSuspended ? TimerIndex.NONE : timeoutMillis);
  }

  /** Returns the host's handle of a group; null if it is not live. */
  @Nullable Object hostHandle(GroupKey key) {
    int slot = table.find(key);
    return slot == GroupTable.NONE ? null : table.handle(slot);
  }

  /** Sets the host's handle of a group, which must be kept; null if it is no longer live. */
  void hostHandle(GroupKey key, @Nullable Object handle) {
    int slot = table.find(key);
    if (slot == GroupTable.NONE) {
      throw new IllegalStateException("a group that is not kept has no host handle");
    }
    table.handle(slot, handle);
  }

  /** Returns the groups whose timeouts have passed in an epoch, earliest first. */
  List<GroupKey> due(EpochTimes times) {
    return timeout == GroupStateTimeout.NONE ? List.of() : timers.dueBefore(millis(times));
  }

  /** Returns whether the timeout of a group has passed in an epoch, even if it is parked. */
  boolean isDue(GroupKey key, EpochTimes times) {
    int slot = table.find(key);
    long timeoutMillis =
        slot == GroupTable.NONE ? GroupEntry.NO_TIMEOUT : table.timeoutMillis(slot);
    return timeout != GroupStateTimeout.NONE
        && timeoutMillis != GroupEntry.NO_TIMEOUT
        && timeoutMillis < millis(times);
  }

  private long millis(EpochTimes times) {
    return timeout == GroupStateTimeout.EVENT_TIME
        ? times.watermark().millis()
        : times.processingTimeMillis();
  }

  /** Returns the next time at which a timeout passes, in its clock. */
  NextDue nextDue() {
    Long earliest = timers.earliestMillis();
    return timeout == GroupStateTimeout.EVENT_TIME
        ? new NextDue(earliest, null)
        : new NextDue(null, earliest);
  }
}
