package io.vellamo.engine.shard;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard knows: its groups' entries and timers, its last epoch, and that epoch's rows and
 * dead letters.
 *
 * <p>Changed only by {@link #apply}, with changes that the journal holds or is about to
 * acknowledge; whoever applies a change and then sees its write fail must throw the ledger away.
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
  private List<Object> vacated = new ArrayList<>();
  private List<StoredValue> lastRows = List.of();
  private List<GroupDeadLetter> lastDeadLetters = List.of();
  private long lastEpoch;
  private long incarnation;
  private long keptBytes;
  private long journaledBytes;
  private boolean hasSnapshot;

  // The first parts of an epoch whose last part has not come yet.
  private final List<ShardChange> held = new ArrayList<>();
  private final List<ShardDeadLetters> heldLetters = new ArrayList<>();
  private final List<ShardParks> heldParks = new ArrayList<>();
  private long heldIncarnation;
  private long heldEpoch;

  /** Creates the ledger of a shard without groups, whose timers run on the operator's clock. */
  public ShardLedger(GroupStateTimeout timeout) {
    this.timeout = timeout;
  }

  /**
   * Holds a part of an epoch's changes back until the last part comes: an epoch counts wholly or
   * not at all. Parts of a run or epoch that was cut off are forgotten.
   */
  public void hold(ShardChange part) {
    hold(part.incarnation(), part.epoch());
    held.add(part);
  }

  /** Holds dead letters of an epoch back, like a part of its changes. */
  public void hold(ShardDeadLetters part) {
    hold(part.incarnation(), part.epoch());
    heldLetters.add(part);
  }

  /** Holds changes of parked groups back, like a part of an epoch's changes. */
  public void hold(ShardParks part) {
    hold(part.incarnation(), part.epoch());
    heldParks.add(part);
  }

  private void hold(long ofIncarnation, long ofEpoch) {
    if (heldIncarnation != ofIncarnation || heldEpoch != ofEpoch) {
      forgetHeld();
    }
    heldIncarnation = ofIncarnation;
    heldEpoch = ofEpoch;
  }

  private void forgetHeld() {
    held.clear();
    heldLetters.clear();
    heldParks.clear();
  }

  /** Applies an epoch's changes, or the last part of them together with those held back. */
  public void apply(ShardChange change) {
    hold(change);
    List<StoredValue> rows = new ArrayList<>();
    for (ShardChange part : held) {
      for (GroupChange group : part.groups()) {
        apply(group);
        if (!group.rows().isEmpty()) {
          rows.addAll(group.rows());
        }
      }
      journaledBytes += part.size();
    }
    lastDeadLetters = heldLetters.stream().flatMap(part -> part.letters().stream()).toList();
    journaledBytes += heldLetters.stream().mapToLong(ShardDeadLetters::size).sum();
    for (ShardParks part : heldParks) {
      part.changes().forEach(this::apply);
      journaledBytes += part.size();
    }
    forgetHeld();
    lastRows = rows;
    lastEpoch = change.epoch();
    incarnation = Math.max(incarnation, change.incarnation());
  }

  /** What most changes are, a new state, takes one look into the map. */
  private void apply(GroupChange group) {
    if (group.effect() == Effect.STATE) {
      GroupEntry after = group.applyTo(GroupEntry.EMPTY);
      GroupEntry before = groups.put(group.key(), after);
      replaced(group.key(), before == null ? GroupEntry.EMPTY : before, after);
    } else if (group.effect() != Effect.NONE) {
      GroupEntry before = entry(group.key());
      put(group.key(), before, group.applyTo(before));
    }
  }

  /** A parked group's timeout stands still: its timer is gone while it is parked. */
  private void apply(ParkChange change) {
    GroupKey key = change.key();
    GroupEntry entry = entry(key);
    parked.apply(change);
    if (!entry.isEmpty()) {
      entry.timer(timers.change(entry.timer(), key, dueMillis(key, entry)));
    }
  }

  /** Puts the parked groups of a part of a snapshot. */
  public void restore(List<ParkChange> parkedGroups) {
    parkedGroups.forEach(this::apply);
  }

  /** Notes what is wanted of a parked group. */
  public void request(GroupKey key, ParkRequest request) {
    parked.request(key, request);
  }

  /** Puts the groups of a part of a snapshot. */
  public void restore(SnapshotPart part) {
    part.groups().forEach(this::restore);
    hasSnapshot |= part.last();
  }

  @SuppressWarnings("ReferenceEquality") // a part written by this very shard has its entries
  private void restore(SnapshotPart.Group group) {
    GroupEntry before = entry(group.key());
    if (before != group.entry()) {
      put(group.key(), before, group.entry().copy(group.key()));
    }
  }

  /** Sets what a snapshot of one piece holds besides groups. */
  public void restore(long snapshotIncarnation, long epoch, List<StoredValue> rows) {
    incarnation = snapshotIncarnation;
    lastEpoch = epoch;
    lastRows = List.copyOf(rows);
  }

  /**
   * Returns whether the journal since the last snapshot has grown larger than the shard itself, so
   * that a snapshot costs no more writing than the changes did.
   *
   * @param leastBytes the least growth that is worth a snapshot
   * @param firstShare how much of that growth the very first snapshot waits for, from 0 to 1: with
   *     another share for each shard of a query, their snapshots don't come all at once, then or
   *     later
   */
  public boolean isSnapshotDue(long leastBytes, double firstShare) {
    double share = hasSnapshot ? 1 : firstShare;
    return journaledBytes > share * Math.max(keptBytes + parked.bytes(), leastBytes);
  }

  /** Notes that a snapshot begins here. */
  void snapshotBegun() {
    journaledBytes = 0;
    hasSnapshot = true;
  }

  /** Notes the run of a coordinator; writes of earlier runs are refused from now on. */
  public void fence(long newIncarnation) {
    incarnation = Math.max(incarnation, newIncarnation);
  }

  /** Returns a group's entry, which is empty if nothing is kept of it. */
  public GroupEntry entry(GroupKey key) {
    return groups.getOrDefault(key, GroupEntry.EMPTY);
  }

  /**
   * Returns the groups whose timeouts an epoch fires, earliest first.
   *
   * <p>A group that was called with events in the epoch is among them only if the call left its
   * timeout alone; leave it out, since a call with events clears the timeout. A parked group is not
   * among them.
   */
  public List<GroupKey> due(EpochTimes times) {
    return switch (timeout) {
      case NONE -> List.of();
      case EVENT_TIME -> timers.dueBefore(times.watermark().millis());
      case PROCESSING_TIME -> timers.dueBefore(times.processingTimeMillis());
    };
  }

  /** Returns whether an epoch passes a group's timeout, parked or not. */
  boolean isTimeoutDue(GroupKey key, EpochTimes times) {
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

  /** Returns when something is next due in the shard: a timer, or what is wanted of a group. */
  public NextDue nextDue() {
    return parked.hasRequests() ? timersDue().earlier(NextDue.NOW) : timersDue();
  }

  private NextDue timersDue() {
    Long earliest = timers.earliestMillis();
    return switch (timeout) {
      case NONE -> NextDue.NEVER;
      case EVENT_TIME -> new NextDue(earliest, null);
      case PROCESSING_TIME -> new NextDue(null, earliest);
    };
  }

  /** Returns the seats of the groups that are no longer kept, each once. */
  public List<Object> vacatedSeats() {
    List<Object> seats = vacated;
    vacated = new ArrayList<>();
    return seats;
  }

  /** Returns the groups and their entries; can't be changed. */
  public Map<GroupKey, GroupEntry> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** Returns the parked groups. */
  public ParkedGroups parked() {
    return parked;
  }

  /** Returns the last epoch that changed the shard; 0 if none did. */
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

  /** Returns the newest run of the coordinator that this shard knows of. */
  public long incarnation() {
    return incarnation;
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
      timers.change(before.timer(), key, null);
      Object seat = before.seat();
      if (seat != null) {
        vacated.add(seat);
      }
    } else {
      after.seat(before.seat());
      after.timer(timers.change(before.timer(), key, dueMillis(key, after)));
    }
    keptBytes += after.growth(before, key);
  }

  private @Nullable Long dueMillis(GroupKey key, GroupEntry entry) {
    Long timeoutMillis = entry.timeoutMillis();
    boolean isParked = timeoutMillis != null && parked.size() > 0 && parked.get(key) != null;
    return isParked ? null : timeoutMillis;
  }
}
