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
 * <p><b>Cost</b> One reference per group while it is in progress.
 */
public final class SnapshotCycle {
  private final GroupKey[] keys;
  private final ParkedCycle parks;
  private int next;
  // Of the next group, if it has variables and is in the last part only partly.
  private @Nullable VariablesWalk walk;
  private boolean done;

  private SnapshotCycle(GroupKey[] keys, ParkedCycle parks) {
    this.keys = keys;
    this.parks = parks;
  }

  /** Begins a snapshot of a shard. */
  public static SnapshotCycle begin(ShardLedger ledger) {
    ledger.snapshotBegun();
    return new SnapshotCycle(
        ledger.groups().keySet().toArray(new GroupKey[0]), new ParkedCycle(ledger));
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
    long size = 0;
    while (next < keys.length) {
      GroupEntry entry = ledger.entry(keys[next]);
      GroupVariables variables = entry.keptVariables();
      if (variables != null) {
        SnapshotPart.Group piece = piece(keys[next], entry, variables, maxSize - size);
        groups.add(piece);
        size += piece.size();
        if (walk != null || size >= maxSize) {
          break;
        }
        continue;
      }
      walk = null;
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
