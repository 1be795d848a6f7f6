package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariablesWalk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a shard in progress. It covers the groups that existed at its beginning, in parts,
 * each group as it is at the time of its part.
 *
 * <p>A group that has been removed in the meantime is left out; one that was added later is in the
 * journal after the beginning of the snapshot.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> One reference per group with variables while it is in progress.
 */
public final class SnapshotCycle {
  // The groups with a single state or timeout have the slots below a number, which they keep. If a
  // later group has one of these, it is in the snapshot, too, and does no harm.
  private final int slots;
  private final GroupKey[] keys;
  private final ParkedCycle parks;
  private int slot;
  private int next;
  // Of the next group, if it has variables and is in the last part only partly.
  private @Nullable VariablesWalk walk;
  private boolean done;

  private SnapshotCycle(ShardLedger ledger) {
    this.slots = ledger.singles().end();
    this.keys = ledger.withVariables().groups().keySet().toArray(new GroupKey[0]);
    this.parks = new ParkedCycle(ledger);
  }

  /** Begins a snapshot of a shard. */
  public static SnapshotCycle begin(ShardLedger ledger) {
    ledger.snapshotBegun();
    return new SnapshotCycle(ledger);
  }

  /** Returns the parked groups, which are written before the first part. */
  public ParkedCycle parks() {
    return parks;
  }

  /**
   * Returns the next part. The last one is marked as such; there is none after it.
   *
   * @param ledger the shard
   * @param maxSize the maximum size of a part; a larger state is a separate part
   */
  public SnapshotPart next(ShardLedger ledger, long maxSize) {
    List<SnapshotPart.Group> groups = new ArrayList<>();
    long size = addSingles(ledger.singles(), maxSize, groups);
    while (slot >= slots && next < keys.length && size < maxSize) {
      GroupEntry entry = ledger.withVariables().entry(keys[next]);
      GroupVariables variables = entry == null ? null : entry.keptVariables();
      if (entry == null || variables == null) {
        walk = null;
        next++;
        continue;
      }
      SnapshotPart.Group piece = piece(keys[next], entry, variables, maxSize - size);
      groups.add(piece);
      size += piece.size();
      if (walk != null) {
        break;
      }
    }
    done = slot >= slots && next == keys.length;
    return new SnapshotPart(groups, done);
  }

  private long addSingles(GroupTable singles, long maxSize, List<SnapshotPart.Group> groups) {
    long size = 0;
    // Its group may have been removed since.
    slot = singles.next(slot);
    while (slot < slots) {
      GroupKey key = singles.key(slot);
      GroupEntry entry = singles.entry(slot);
      long more = entry.size(key);
      if (!groups.isEmpty() && size + more > maxSize) {
        break;
      }
      groups.add(new SnapshotPart.Group(key, entry));
      size += more;
      slot = singles.next(slot + 1);
    }
    return size;
  }

  /** Returns the next entries of a group; moves to the next group if they are the last. */
  private SnapshotPart.Group piece(
      GroupKey key, GroupEntry entry, GroupVariables variables, long maxSize) {
    VariablesWalk current = walk == null ? new VariablesWalk() : walk;
    List<VariableChange> contents = current.next(variables, maxSize);
    walk = current.isDone() ? null : current;
    if (walk == null) {
      next++;
    }
    return new SnapshotPart.Group(key, entry, contents);
  }

  /** Returns whether the last part has been returned. */
  public boolean isDone() {
    return done;
  }
}
