package io.vellamo.engine.live;

import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conversions of the variables of a group's content. */
final class LiveVariables {
  private LiveVariables() {}

  /** Returns a group without the entries that have expired in an epoch. */
  static GroupContent withoutExpired(GroupContent group, EpochTimes times) {
    if (group.variables().isEmpty()) {
      return group;
    }
    List<VariableContent> variables = new ArrayList<>();
    for (VariableContent variable : group.variables()) {
      List<SlotEntry> entries =
          variable.entries().stream()
              .filter(entry -> !TypedVariables.hasExpired(variable.type(), entry, times))
              .toList();
      if (!entries.isEmpty()) {
        variables.add(new VariableContent(variable.name(), variable.type(), entries));
      }
    }
    return new GroupContent(
        group.key(), group.state(), group.timeoutMillis(), variables, group.parked());
  }

  /**
   * Returns the entry of a group with the numbers of a program's own declarations, which are not
   * those of the journal.
   */
  static GroupEntry entry(GroupContent group, DeclaredVariables declared) {
    Map<String, Integer> numbers = numbers(declared);
    List<VariableChange> puts = new ArrayList<>();
    for (VariableContent variable : group.variables()) {
      Integer number = numbers.get(variable.name());
      if (number != null) {
        variable.entries().forEach(entry -> puts.add(new Put(number, variable.type(), entry)));
      }
    }
    GroupVariables variables = new GroupVariables();
    variables.apply(puts);
    return GroupEntry.of(variables);
  }

  private static Map<String, Integer> numbers(DeclaredVariables declared) {
    Map<String, Integer> numbers = new HashMap<>();
    for (DeclaredVariable variable : declared.variables()) {
      numbers.put(variable.variable().name(), variable.number());
    }
    for (DeclaredTimer timer : declared.timers()) {
      numbers.put(timer.name().name(), timer.number());
    }
    return numbers;
  }
}
