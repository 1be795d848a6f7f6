package io.vellamo.replay;

import org.jspecify.annotations.Nullable;

/**
 * A group at a point of its query's history.
 *
 * @param shard the shard it belongs to
 * @param operator the name of the operator that keeps the group
 * @param epoch the epoch after which the group is shown
 * @param group the group's content at that point
 * @param lastChanged the last epoch up to then that changed, parked or released it, or emitted rows
 *     of it; null if the journal holds no such epoch: the group exists only in a snapshot, or never
 *     existed
 * @since 0.1
 */
public record GroupAt(
    int shard, String operator, long epoch, GroupView group, @Nullable Long lastChanged) {
  /**
   * Returns whether the journal holds the group in this operator.
   *
   * @return false if it has no content and no epoch up to then concerned it
   */
  public boolean isKnown() {
    return group.exists() || lastChanged != null;
  }
}
