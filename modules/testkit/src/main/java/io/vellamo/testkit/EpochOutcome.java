package io.vellamo.testkit;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effects of an epoch, group by group, in the order in which they were called.
 *
 * @param groups the groups that were called
 * @param applied how many events they were called with
 */
record EpochOutcome(Map<GroupKey, GroupOutcome> groups, long applied) {
  /** Returns this outcome with one more call; the calls of a group become one. */
  EpochOutcome with(GroupOutcome call, int events) {
    groups.merge(call.key(), call, EpochOutcome::inOne);
    return new EpochOutcome(groups, applied + events);
  }

  static EpochOutcome none() {
    return new EpochOutcome(new LinkedHashMap<>(), 0);
  }

  /** Returns what neighbouring epochs did, as if they had been one. */
  static EpochOutcome inOne(List<EpochOutcome> epochs) {
    EpochOutcome all = none();
    for (EpochOutcome epoch : epochs) {
      epoch.groups.forEach((key, group) -> all.groups.merge(key, group, EpochOutcome::inOne));
    }
    return new EpochOutcome(all.groups, epochs.stream().mapToLong(EpochOutcome::applied).sum());
  }

  /** Returns whether a timeout fired. */
  boolean hasTimeouts() {
    return groups.values().stream().anyMatch(GroupOutcome::timedOut);
  }

  /** Returns the rows of all groups, in the order of the calls. */
  List<GroupRow> rows() {
    return groups.values().stream().flatMap(group -> group.rows().stream()).toList();
  }

  @Nullable GroupOutcome group(GroupKey key) {
    return groups.get(key);
  }

  /** Every event is applied or late: fails if one is neither. */
  void requireAccounted(String where, long events, long late) {
    if (applied + late != events) {
      throw new AssertionError(
          "%s: events must be applied or late, [%d] events were [%d] and [%d]"
              .formatted(where, events, applied, late));
    }
  }

  private static GroupOutcome inOne(GroupOutcome first, GroupOutcome second) {
    List<GroupRow> rows = new ArrayList<>(first.rows());
    rows.addAll(second.rows());
    return new GroupOutcome(first.key(), first.userKey(), second.timedOut(), rows, second.after());
  }
}
