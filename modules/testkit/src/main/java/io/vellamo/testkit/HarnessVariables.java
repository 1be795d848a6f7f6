package io.vellamo.testkit;

import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariablesView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The variables and timers of a script's groups as the user sees them.
 *
 * @param declared the declared variables and timers
 */
record HarnessVariables(DeclaredVariables declared) {
  /**
   * Returns a copy of a group's entry that later changes of the group don't affect, without entries
   * of variables that have expired: they may be removed already or not.
   */
  static GroupEntry visible(GroupKey key, GroupEntry entry, EpochTimes times) {
    VariablesView all = entry.variables();
    List<VariableChange> puts = new ArrayList<>();
    for (int number = 0; number < all.end(); number++) {
      SlotView slot = all.slot(number);
      if (slot != null) {
        addVisible(number, slot, times, puts);
      }
    }
    if (puts.isEmpty()) {
      return GroupEntry.EMPTY;
    }
    GroupVariables copy = new GroupVariables();
    copy.apply(puts);
    return GroupEntry.of(copy);
  }

  private static void addVisible(
      int number, SlotView slot, EpochTimes times, List<VariableChange> puts) {
    slot.entries()
        .forEachRemaining(
            entry -> {
              if (!TypedVariables.hasExpired(slot.type(), entry, times)) {
                puts.add(new Put(number, slot.type(), entry));
              }
            });
  }

  /** A value that equals others with the same serialized form, even if its class has no equals. */
  @SuppressWarnings("ArrayRecordComponent") // equals compares the contents
  private record Shown(Object value, byte[] written) {
    @SuppressWarnings("unchecked") // the declaration gave both the same types
    static Shown of(StateCodec<?> codec, Object value) {
      return new Shown(value, ((StateCodec<Object>) codec).write(value));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Shown that
          && (value.equals(that.value) || Arrays.equals(written, that.written));
    }

    /** Returns the same for all: equal values may be written differently. */
    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** Returns values of a variable in a form that can be compared. */
  Object shown(Variable variable, List<Object> values) {
    StateCodec<?> codec = declared.declared(variable).codec();
    List<Shown> shown = values.stream().map(value -> Shown.of(codec, value)).toList();
    boolean isList = variable instanceof ListVariable<?>;
    return isList ? shown : shown.isEmpty() ? "absent" : shown.get(0);
  }

  /** Returns entries of a map in a form that can be compared. */
  Object shown(MapVariable<?, ?> variable, Map<Object, Object> entries) {
    StateCodec<?> codec = declared.declared(variable).codec();
    Map<Object, Object> shown = new LinkedHashMap<>();
    entries.forEach((key, value) -> shown.put(key, Shown.of(codec, value)));
    return shown;
  }

  /** Returns a group's value of a variable, or its elements if it is a list. */
  List<Object> values(GroupEntry group, Variable variable) {
    return values(group, declared.declared(variable));
  }

  /** Returns a group's entries of a variable, in their order. */
  Map<Object, Object> map(GroupEntry group, MapVariable<?, ?> variable) {
    return map(group, declared.declared(variable));
  }

  private static Map<Object, Object> map(GroupEntry group, DeclaredVariable variable) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (SlotEntry entry : entries(group, variable.number())) {
      GroupKey key = GroupKey.of(entry.key().bytes());
      Object userKey = Objects.requireNonNull(variable.keyCodec(), "keyCodec").read(key);
      map.put(Objects.requireNonNull(userKey, "key"), variable.codec().read(entry.value()));
    }
    return map;
  }

  /** Returns a group's timers of a name in ascending order of time. */
  List<Timer> timers(GroupEntry group, TimerName name) {
    return timers(group, declared.declared(name));
  }

  private static List<Timer> timers(GroupEntry group, DeclaredTimer declared) {
    return entries(group, declared.number()).stream()
        .map(declared::timer)
        .sorted(Comparator.comparing(Timer::time))
        .toList();
  }

  private static List<Object> values(GroupEntry group, DeclaredVariable variable) {
    List<Object> values = new ArrayList<>();
    for (SlotEntry entry : entries(group, variable.number())) {
      values.add(variable.codec().read(entry.value()));
    }
    return values;
  }

  private static List<SlotEntry> entries(GroupEntry group, int number) {
    SlotView slot = group.variables().slot(number);
    List<SlotEntry> entries = new ArrayList<>();
    if (slot != null) {
      slot.entries().forEachRemaining(entries::add);
    }
    return entries;
  }

  /**
   * Returns whether two groups have the same timers, and variables with values that are equal or
   * are written the same and that expire at the same time. The order of a map is ignored, as it may
   * depend on how many events a call has.
   */
  boolean same(GroupEntry some, GroupEntry other) {
    for (DeclaredTimer timer : declared.timers()) {
      List<Timer> others = timers(other, timer);
      List<Timer> timers = timers(some, timer);
      if (timers.size() != others.size() || !timers.containsAll(others)) {
        return false;
      }
    }
    return declared.variables().stream().allMatch(each -> same(each, some, other));
  }

  private static boolean same(DeclaredVariable variable, GroupEntry some, GroupEntry other) {
    List<SlotEntry> entries = entries(some, variable.number());
    List<SlotEntry> others = entries(other, variable.number());
    if (entries.size() != others.size()) {
      return false;
    }
    Comparator<SlotEntry> order =
        variable.type().kind() == Kind.MAP
            ? Comparator.comparing(SlotEntry::key)
            : Comparator.comparingLong(SlotEntry::number);
    entries.sort(order);
    others.sort(order);
    for (int i = 0; i < entries.size(); i++) {
      if (!same(variable, entries.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(DeclaredVariable variable, SlotEntry one, SlotEntry other) {
    return one.isLike(other)
        || (one.key().equals(other.key())
            && one.dueMillis() == other.dueMillis()
            && variable.codec().read(one.value()).equals(variable.codec().read(other.value())));
  }

  /** Returns a group's variables and timers as text; those that it has nothing of are left out. */
  String text(GroupEntry group) {
    List<String> texts = new ArrayList<>();
    for (DeclaredVariable variable : declared.variables()) {
      if (group.variables().slot(variable.number()) != null) {
        texts.add(variable.variable().name() + " " + text(group, variable));
      }
    }
    for (DeclaredTimer timer : declared.timers()) {
      if (group.variables().slot(timer.number()) != null) {
        texts.add(timer.name().name() + " " + text(timers(group, timer)));
      }
    }
    return texts.isEmpty() ? "no variables and timers" : String.join(", ", texts);
  }

  private static String text(GroupEntry group, DeclaredVariable variable) {
    return switch (variable.type().kind()) {
      case VALUE -> values(group, variable).get(0).toString();
      case LIST -> values(group, variable).toString();
      case MAP -> map(group, variable).toString();
      case TIMERS -> throw new AssertionError("timers are no variable");
    };
  }

  /** Returns timers of one name as text: the time of each, with its tag if it has one. */
  static String text(List<Timer> timers) {
    return timers.stream()
        .map(timer -> timer.tag().map(tag -> tag + " at ").orElse("at ") + timer.time())
        .toList()
        .toString();
  }
}
