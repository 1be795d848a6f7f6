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
 * @param applied the number of events that they were called with
 */
record EpochOutcome(Map<GroupKey, GroupEffects> groups, long applied) {
  /** Adds a call and returns the outcome with it; the calls of a group become one. */
  EpochOutcome with(GroupEffects call, int events) {
    groups.merge(call.key(), call, EpochOutcome::inOne);
    return new EpochOutcome(groups, applied + events);
  }

  static EpochOutcome none() {
    return new EpochOutcome(new LinkedHashMap<>(), 0);
  }

  /** Returns the outcome of consecutive epochs as if they were one. */
  static EpochOutcome inOne(List<EpochOutcome> epochs) {
    EpochOutcome all = none();
    for (EpochOutcome epoch : epochs) {
      epoch.groups.forEach((key, group) -> all.groups.merge(key, group, EpochOutcome::inOne));
    }
    return new EpochOutcome(all.groups, epochs.stream().mapToLong(EpochOutcome::applied).sum());
  }

  /** Returns whether a timeout fired. */
  boolean hasTimeouts() {
    return groups.values().stream().anyMatch(GroupEffects::timedOut);
  }

  /** Returns the rows of all groups, in the order of the calls. */
  List<GroupRow> rows() {
    return groups.values().stream().flatMap(group -> group.rows().stream()).toList();
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
