package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.List;

/**
 * One snapshot of a shard on its way: gives out the groups that were there at its beginning, part
 * by part, each as it is by then.
 *
 * <p>A group that has been removed meanwhile is left out; one that came later is in the journal
 * behind the beginning anyway.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> One reference a group while it lasts.
 */
public final class SnapshotCycle {
  private final GroupKey[] keys;
  private final ParkedCycle parks;
  private int next;
  private boolean done;

  private SnapshotCycle(GroupKey[] keys, ParkedCycle parks) {
    this.keys = keys;
    this.parks = parks;
  }

  /** Begins a snapshot of a shard as it is now. */
  public static SnapshotCycle begin(ShardLedger ledger) {
    ledger.snapshotBegun();
    return new SnapshotCycle(
        ledger.groups().keySet().toArray(new GroupKey[0]), new ParkedCycle(ledger));
  }

  /** Returns the parked groups, which come before the first part. */
  public ParkedCycle parks() {
    return parks;
  }

  /**
   * Returns the next part; the last says so, and none comes after it.
   *
   * @param ledger the shard
   * @param maxSize the most of a part; a larger group is a part of its own
   */
  public SnapshotPart next(ShardLedger ledger, long maxSize) {
    List<SnapshotPart.Group> groups = new ArrayList<>();
    long size = 0;
    while (next < keys.length) {
      GroupEntry entry = ledger.entry(keys[next]);
      long more = entry.size(keys[next]);
      if (!groups.isEmpty() && size + more > maxSize) {
        break;
      }
      if (!entry.isEmpty()) {
        groups.add(new SnapshotPart.Group(keys[next], entry));
        size += more;
      }
      next++;
    }
    done = next == keys.length;
    return new SnapshotPart(groups, done);
  }

  /** Returns whether the last part has been given out. */
  public boolean isDone() {
    return done;
  }
}
