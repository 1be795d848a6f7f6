package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;
import java.util.Map;

/**
 * The initial states of a shard's groups, before the query's first epoch.
 *
 * <p>They are not yet part of the shard: the first epoch stores them together with the changes of
 * its calls, atomically.
 *
 * @param states the serialized state of each group; not copied, must not change
 * @param rows the serialized initial rows of each group with variables, in order; not copied, must
 *     not change
 * @param calledOnlyWithEvents whether groups without events are stored without a call
 */
public record InitialGroups(
    Map<GroupKey, byte[]> states, Map<GroupKey, List<byte[]>> rows, boolean calledOnlyWithEvents) {
  /** No initial states. */
  public static final InitialGroups NONE = new InitialGroups(Map.of(), Map.of(), false);

  /** Creates initial states of groups with a single state. */
  public InitialGroups(Map<GroupKey, byte[]> states, boolean calledOnlyWithEvents) {
    this(states, Map.of(), calledOnlyWithEvents);
  }

  /** Returns whether there are no initial states. */
  public boolean isEmpty() {
    return states.isEmpty() && rows.isEmpty();
  }

  /** Returns the initial entry of a group. */
  GroupEntry entry(GroupKey key) {
    return GroupEntry.of(states.get(key), null);
  }

  /**
   * Returns a call's change, with the group's initial state added if the call did not change it.
   */
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
