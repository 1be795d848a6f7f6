package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * The entries of a group that an epoch has changed, recorded or replayed. The others are as before.
 */
final class TouchedEntries {
  // By number of the variable.
  private final TreeMap<Integer, Set<EntryKey>> keys = new TreeMap<>();
  private final Set<Integer> whole = new HashSet<>();
  private boolean isAll;

  /** Adds the entries of a change. */
  void add(GroupChange change) {
    isAll |= change.effect() == GroupChange.Effect.REMOVED;
    change.variables().forEach(this::add);
  }

  private void add(VariableChange change) {
    if (change instanceof AllCleared) {
      isAll = true;
    } else if (change instanceof Put put && put.type().kind() != Kind.LIST) {
      keysOf(change.variable()).add(put.entry().key());
    } else if (change instanceof Removed removed) {
      keysOf(change.variable()).add(removed.key());
    } else {
      whole.add(change.variable());
    }
  }

  private Set<EntryKey> keysOf(int variable) {
    return keys.computeIfAbsent(variable, number -> new LinkedHashSet<>());
  }

  /** Returns whether any entry of a variable may have changed. */
  boolean isAny(int variable) {
    return isWhole(variable) || keys.containsKey(variable);
  }

  /** Returns whether all entries of a variable may have changed. */
  boolean isWhole(int variable) {
    return isAll || whole.contains(variable);
  }

  /** Returns the keys of the changed entries of a variable that is not changed as a whole. */
  Set<EntryKey> keys(int variable) {
    return keys.getOrDefault(variable, Set.of());
  }
}
