package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;
import java.util.Map;

/**
 * The states that groups of a shard have before the query's first epoch.
 *
 * <p>They are no part of the shard yet: the first epoch stores them, with what its calls made of
 * them, so that all of it counts or nothing.
 *
 * @param states the serialized state of each group; not copied, must not change
 * @param calledOnlyWithEvents whether groups without events are stored without a call
 */
public record InitialGroups(Map<GroupKey, byte[]> states, boolean calledOnlyWithEvents) {
  /** No group has a state. */
  public static final InitialGroups NONE = new InitialGroups(Map.of(), false);

  /** Returns whether no group has a state. */
  public boolean isEmpty() {
    return states.isEmpty();
  }

  /** Returns what a group begins with. */
  GroupEntry entry(GroupKey key) {
    return GroupEntry.of(states.get(key), null);
  }

  /** Returns a call's change with the state that the group began with, if the call left it. */
  GroupChange stored(GroupChange change) {
    byte[] state = states.get(change.key());
    boolean untouched = change.effect() == Effect.NONE || change.effect() == Effect.TIMEOUT;
    if (state == null || !untouched) {
      return change;
    }
    return new GroupChange(
        change.key(), Effect.STATE, state, change.timeoutMillis(), change.rows());
  }

  /** Returns the change of a group that is stored without a call. */
  GroupChange stored(GroupKey key) {
    return new GroupChange(key, Effect.STATE, states.get(key), null, List.of());
  }
}
