package io.vellamo.replay;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import io.vellamo.engine.variable.VariablesView;
import io.vellamo.replay.EntryChange.Effect;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The changes of a group's variables and timers in one epoch, in order. */
final class EpochChanges {
  private final GroupForms forms;
  private final @Nullable EpochTimes times;
  private final List<EntryChange> changes = new ArrayList<>();
  private VariablesView present;

  /**
   * Creates an epoch without changes.
   *
   * @param times the epoch's clocks; null if the query's journal no longer holds them
   * @param before the group before the epoch; must not change meanwhile
   */
  EpochChanges(GroupForms forms, @Nullable EpochTimes times, GroupEntry before) {
    this.forms = forms;
    this.times = times;
    this.present = before.variables();
  }

  /** Adds the changes of a call. */
  void add(GroupChange change) {
    if (change.effect() == GroupChange.Effect.REMOVED) {
      allRemoved();
      present = VariablesView.EMPTY;
    }
    add(change.variables());
  }

  /** Adds changes, or the entries of a piece of a snapshot. */
  void add(List<VariableChange> some) {
    for (VariableChange change : some) {
      add(change);
      present = present.after(List.of(change));
    }
  }

  /** Adds the loss of all entries of some variables. */
  void addDropped(List<Integer> variables) {
    for (int number : variables) {
      add(new Cleared(number));
    }
  }

  /** Adds the entries of a group that have expired. */
  void addExpired(VariablesView group, Expired expired) {
    for (int number = 0; number < group.end(); number++) {
      SlotView slot = group.slot(number);
      TimeDomain domain = slot == null ? null : slot.type().domain();
      if (slot != null && domain != null && slot.type().expires()) {
        List<SlotEntry> due = slot.dueAt(expired.millis(domain));
        if (due.size() > forms.entryLimit()) {
          changes.add(ofMany(number, slot.type(), Effect.EXPIRED, due.size()));
        } else {
          for (SlotEntry entry : due) {
            changes.add(ofOne(number, slot.type(), Effect.EXPIRED, entry));
          }
        }
      }
    }
  }

  /** Returns the changes. */
  List<EntryChange> all() {
    return changes;
  }

  private void add(VariableChange change) {
    int number = change.variable();
    if (change instanceof Put put) {
      boolean isTimer = put.type().kind() == Kind.TIMERS;
      changes.add(ofOne(number, put.type(), isTimer ? Effect.SET : Effect.PUT, put.entry()));
    } else if (change instanceof AllCleared) {
      allRemoved();
    } else {
      SlotView slot = present.slot(number);
      // Absent only if the group is not completely known yet.
      if (slot != null) {
        addRemoval(change, number, slot);
      }
    }
  }

  private void addRemoval(VariableChange change, int number, SlotView slot) {
    if (change instanceof Removed removed) {
      SlotEntry entry = slot.get(removed.key());
      if (entry != null) {
        changes.add(removed(number, slot.type(), entry));
      }
    } else if (change instanceof DroppedUntil dropped) {
      long count = countBefore(slot, dropped.number());
      changes.add(ofMany(number, slot.type(), Effect.DROPPED, count));
    } else if (change instanceof Cleared) {
      cleared(number, slot);
    } else {
      throw new AssertionError("unhandled " + change.getClass());
    }
  }

  private static long countBefore(SlotView list, long number) {
    long count = 0;
    for (Iterator<SlotEntry> all = list.entries();
        all.hasNext() && all.next().number() < number; ) {
      count++;
    }
    return count;
  }

  private void cleared(int number, SlotView slot) {
    SlotEntry value = slot.type().kind() == Kind.VALUE ? slot.get(EntryKey.NONE) : null;
    changes.add(
        value == null
            ? ofMany(number, slot.type(), Effect.CLEARED, slot.size())
            : removed(number, slot.type(), value));
  }

  /** Adds the removal of a whole group: its last timer may have fired. */
  private void allRemoved() {
    for (int number = 0; number < present.end(); number++) {
      SlotView slot = present.slot(number);
      if (slot == null) {
        continue;
      }
      if (slot.type().kind() == Kind.LIST || slot.size() > forms.entryLimit()) {
        cleared(number, slot);
        continue;
      }
      for (Iterator<SlotEntry> entries = slot.entries(); entries.hasNext(); ) {
        changes.add(removed(number, slot.type(), entries.next()));
      }
    }
  }

  private EntryChange removed(int number, SlotType type, SlotEntry entry) {
    return ofOne(number, type, effectOfRemoval(type, entry), entry);
  }

  private Effect effectOfRemoval(SlotType type, SlotEntry entry) {
    if (type.kind() != Kind.TIMERS || times == null) {
      return Effect.REMOVED;
    }
    TimeDomain domain = Objects.requireNonNull(type.domain(), "domain");
    return entry.isDueAt(times.millis(domain)) ? Effect.FIRED : Effect.CANCELLED;
  }

  private EntryChange ofOne(int number, SlotType type, Effect effect, SlotEntry entry) {
    return new EntryChange(
        forms.name(number),
        GroupForms.kind(type),
        effect,
        forms.key(type, entry),
        effect == Effect.PUT ? forms.value(type, entry) : null,
        GroupForms.due(entry),
        1);
  }

  private EntryChange ofMany(int number, SlotType type, Effect effect, long count) {
    return new EntryChange(
        forms.name(number), GroupForms.kind(type), effect, null, null, null, count);
  }
}
