package io.vellamo.engine.shard;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredRow;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shard knows: its groups' entries and timers, its last epoch, and that epoch's rows.
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
  private List<StoredRow> lastRows = List.of();
  private long lastEpoch;
  private long incarnation;
  private long keptBytes;
  private long journaledBytes;

  /** Creates the ledger of a shard without groups, whose timers run on the operator's clock. */
  public ShardLedger(GroupStateTimeout timeout) {
    this.timeout = timeout;
  }

  /** Applies an epoch's changes. */
  public void apply(ShardChange change) {
    List<StoredRow> rows = new ArrayList<>();
    for (GroupChange group : change.groups()) {
      GroupEntry before = entry(group.key());
      put(group.key(), before, group.applyTo(before));
      rows.addAll(group.rows());
    }
    lastRows = rows;
    lastEpoch = change.epoch();
    incarnation = Math.max(incarnation, change.incarnation());
    journaledBytes += change.bytes();
  }

  /** Puts a group as a snapshot holds it. */
  public void restore(GroupKey key, GroupEntry entry) {
    put(key, entry(key), entry);
  }

  /** Sets what a snapshot holds besides groups. */
  public void restore(long snapshotIncarnation, long epoch, List<StoredRow> rows) {
    incarnation = snapshotIncarnation;
    lastEpoch = epoch;
    lastRows = List.copyOf(rows);
  }

  /**
   * Returns whether the journal since the last snapshot has grown larger than the shard itself, so
   * that a snapshot costs no more writing than the changes did.
   *
   * @param leastBytes the least growth that is worth a snapshot
   */
  public boolean isSnapshotDue(long leastBytes) {
    return journaledBytes > Math.max(keptBytes, leastBytes);
  }

  /** Notes that a snapshot was taken, or tried. */
  public void snapshotTaken() {
    journaledBytes = 0;
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
   * timeout alone; leave it out, since a call with events clears the timeout.
   */
  public List<GroupKey> due(EpochTimes times) {
    return switch (timeout) {
      case NONE -> List.of();
      case EVENT_TIME -> timers.dueBefore(times.watermark().millis());
      case PROCESSING_TIME -> timers.dueBefore(times.processingTimeMillis());
    };
  }

  /** Returns when the shard's next timer is due. */
  public NextDue nextDue() {
    Long earliest = timers.earliestMillis();
    return switch (timeout) {
      case NONE -> NextDue.NEVER;
      case EVENT_TIME -> new NextDue(earliest, null);
      case PROCESSING_TIME -> new NextDue(null, earliest);
    };
  }

  /** Returns the groups and their entries; can't be changed. */
  public Map<GroupKey, GroupEntry> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** Returns the last epoch that changed the shard; 0 if none did. */
  public long lastEpoch() {
    return lastEpoch;
  }

  /** Returns the rows of the last epoch. */
  public List<StoredRow> lastRows() {
    return lastRows;
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
    keptBytes += size(key, after) - size(key, before);
    timers.replace(key, before.timeoutMillis(), after.timeoutMillis());
  }

  private static long size(GroupKey key, GroupEntry entry) {
    if (entry.isEmpty()) {
      return 0;
    }
    byte[] state = entry.state();
    return (long) key.bytes().length + (state == null ? 0 : state.length);
  }
}
