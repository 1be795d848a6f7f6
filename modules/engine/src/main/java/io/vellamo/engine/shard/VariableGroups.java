package io.vellamo.engine.shard;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Cleared;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a shard that have variables. Their entries are changed in place.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class VariableGroups {
  private final Map<GroupKey, GroupEntry> groups = new HashMap<>();
  private final Predicate<GroupKey> isParked;
  private final Consumer<@Nullable Object> freed;
  private final VariableTimes times = new VariableTimes();
  private long growth;

  /**
   * Creates an instance without groups.
   *
   * @param isParked returns whether a group is parked
   * @param freed receives the host handle of each group that is removed; null if it has none
   */
  VariableGroups(Predicate<GroupKey> isParked, Consumer<@Nullable Object> freed) {
    this.isParked = isParked;
    this.freed = freed;
  }

  /** Returns the groups and their entries. */
  Map<GroupKey, GroupEntry> groups() {
    return groups;
  }

  /** Returns a group's entry; null if it has no variables. */
  @Nullable GroupEntry entry(GroupKey key) {
    return groups.isEmpty() ? null : groups.get(key);
  }

  void apply(GroupKey key, List<VariableChange> changes) {
    GroupEntry entry = groups.get(key);
    GroupVariables variables = entry == null ? null : entry.keptVariables();
    if (entry == null || variables == null) {
      variables = new GroupVariables();
      entry = GroupEntry.of(variables);
      groups.put(key, entry);
      growth += GroupEntry.sizeWithoutContent(key);
    }
    long before = variables.bytes();
    variables.apply(changes);
    changed(key, entry, variables, before);
  }

  /** Takes note that the variables of a group have changed; it is removed if they are empty. */
  private void changed(GroupKey key, GroupEntry entry, GroupVariables variables, long before) {
    growth += variables.bytes() - before;
    if (variables.isEmpty()) {
      removed(key, entry);
    } else {
      times.change(key, variables, isParked.test(key));
    }
  }

  private void removed(GroupKey key, GroupEntry entry) {
    growth -= GroupEntry.sizeWithoutContent(key);
    groups.remove(key);
    freed.accept(entry.hostHandle());
    times.change(key, null, false);
  }

  /** Takes note that a group may have been parked or unparked. */
  void parkedOrNot(GroupKey key) {
    GroupEntry entry = entry(key);
    if (entry != null) {
      times.change(key, entry.keptVariables(), isParked.test(key));
    }
  }

  /** Removes a group, if it has variables. */
  void remove(GroupKey key) {
    GroupEntry entry = entry(key);
    if (entry != null) {
      growth -= Objects.requireNonNull(entry.keptVariables(), "variables").bytes();
      removed(key, entry);
    }
  }

  /** Returns whether a timer of a group is due, even if the group is parked. */
  boolean isTimerDue(GroupKey key, EpochTimes epoch) {
    GroupEntry entry = entry(key);
    GroupVariables variables = entry == null ? null : entry.keptVariables();
    return variables != null && VariableTimes.isDue(variables, epoch);
  }

  /** Removes the entries that have expired. */
  void expire(Expired expired) {
    for (GroupKey key : times.expiredGroups(expired)) {
      GroupEntry entry = Objects.requireNonNull(groups.get(key), "entry");
      GroupVariables variables = Objects.requireNonNull(entry.keptVariables(), "variables");
      long before = variables.bytes();
      for (TimeDomain domain : TimeDomain.values()) {
        variables.expire(domain, expired.millis(domain));
      }
      changed(key, entry, variables, before);
    }
  }

  /** Returns the numbers of the variables of which groups have entries. */
  BitSet numbers() {
    BitSet numbers = new BitSet();
    for (GroupEntry entry : groups.values()) {
      GroupVariables variables = entry.keptVariables();
      if (variables != null) {
        variables.addNumbers(numbers);
      }
    }
    return numbers;
  }

  /** Removes all entries of some variables. */
  void forget(List<Integer> variables) {
    if (!variables.isEmpty()) {
      List<VariableChange> cleared = variables.stream().<VariableChange>map(Cleared::new).toList();
      List.copyOf(groups.keySet()).forEach(key -> apply(key, cleared));
    }
  }

  /** Restores the order of entries after a recovery. */
  void settle() {
    for (GroupEntry entry : groups.values()) {
      GroupVariables variables = entry.keptVariables();
      if (variables != null) {
        growth -= variables.bytes();
        variables.settle();
        growth += variables.bytes();
      }
    }
  }

  /** Returns the size that changes of variables have added, in the journal. */
  long growth() {
    return growth;
  }

  /** Returns the groups with timers that are due, earliest first. */
  List<GroupKey> due(EpochTimes epoch) {
    return times.due(epoch);
  }

  /** Returns the times until which entries have expired in an epoch; null if none has. */
  @Nullable Expired expired(EpochTimes epoch) {
    return times.expired(epoch);
  }

  /** Returns the next due times of timers. */
  NextDue nextDue() {
    return times.nextDue();
  }
}
