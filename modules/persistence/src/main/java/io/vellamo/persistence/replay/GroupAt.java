package io.vellamo.persistence.replay;

import org.jspecify.annotations.Nullable;

/**
 * A group at a point of its query's history.
 *
 * @param shard the shard it belongs to
 * @param operator the name of the operator that keeps the group
 * @param epoch the epoch after which this holds
 * @param group what was kept of it
 * @param lastChanged the last epoch up to then that changed, parked or released it, or emitted rows
 *     of it; null if the journal holds none, so that it may be in a snapshot only, or was never
 *     there
 * @since 0.1
 */
public record GroupAt(
    int shard, String operator, long epoch, GroupView group, @Nullable Long lastChanged) {
  /**
   * Returns whether the journal knows the group in this operator.
   *
   * @return false if nothing is kept of it and no epoch up to then concerned it
   */
  public boolean isKnown() {
    return group.exists() || lastChanged != null;
  }
}
