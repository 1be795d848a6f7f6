package io.vellamo.testkit;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effects of an epoch, group by group, in the order of the calls.
 *
 * @param groups the groups that were called
 * @param rows the rows of all calls, in order
 * @param applied the number of events that they were called with
 */
record EpochOutcome(Map<GroupKey, GroupEffects> groups, List<GroupRow> rows, long applied) {
  /** Adds a call and returns the outcome with it; the calls of a group become one. */
  EpochOutcome with(GroupEffects call, int events) {
    groups.merge(call.key(), call, EpochOutcome::inOne);
    rows.addAll(call.rows());
    return new EpochOutcome(groups, rows, applied + events);
  }

  static EpochOutcome none() {
    return new EpochOutcome(new LinkedHashMap<>(), new ArrayList<>(), 0);
  }

  /** Returns the outcome of consecutive epochs as if they were one. */
  static EpochOutcome inOne(List<EpochOutcome> epochs) {
    EpochOutcome all = none();
    for (EpochOutcome epoch : epochs) {
      epoch.groups.forEach((key, group) -> all.groups.merge(key, group, EpochOutcome::inOne));
      all.rows.addAll(epoch.rows);
    }
    long applied = epochs.stream().mapToLong(EpochOutcome::applied).sum();
    return new EpochOutcome(all.groups, all.rows, applied);
  }

  /** Returns whether a timeout fired. */
  boolean hasTimeouts() {
    return groups.values().stream().anyMatch(GroupEffects::timedOut);
  }

  @Nullable GroupEffects group(GroupKey key) {
    return groups.get(key);
  }

  /** Fails if an event was neither applied nor late. */
  void requireAccounted(String where, long events, long late) {
    if (applied + late != events) {
      throw new AssertionError(
          "%s: events must be applied or late, [%d] events were [%d] and [%d]"
              .formatted(where, events, applied, late));
    }
  }

  private static GroupEffects inOne(GroupEffects first, GroupEffects second) {
    List<GroupRow> rows = new ArrayList<>(first.rows());
    rows.addAll(second.rows());
    return new GroupEffects(first.key(), first.userKey(), second.timedOut(), rows, second.after());
  }
}
