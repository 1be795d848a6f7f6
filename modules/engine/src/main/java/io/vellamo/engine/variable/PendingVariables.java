package io.vellamo.engine.variable;

import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a group with changes that are not acknowledged yet, on top of variables that
 * they leave unchanged.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Memory of the changes, whatever the size of the variables.
 */
public final class PendingVariables implements VariablesView {
  private final VariablesView base;
  private final TreeMap<Integer, PendingSlot> slots = new TreeMap<>();
  private boolean isCleared;

  /** Creates variables without changes. */
  public PendingVariables(VariablesView base) {
    this.base = base;
  }

  @Override
  public @Nullable SlotView slot(int variable) {
    PendingSlot changed = slots.get(variable);
    SlotView slot = changed == null ? ofBase(variable) : changed;
    return slot == null || slot.size() == 0 ? null : slot;
  }

  private @Nullable SlotView ofBase(int variable) {
    return isCleared ? null : base.slot(variable);
  }

  /** Returns the entries of a variable, to be changed. */
  public PendingSlot change(int variable, SlotType type) {
    return slots.computeIfAbsent(variable, number -> PendingSlot.of(number, type, ofBase(number)));
  }

  /** Adds changes to those that there are. */
  public void apply(List<VariableChange> more) {
    more.forEach(this::apply);
  }

  private void apply(VariableChange change) {
    if (change instanceof AllCleared) {
      isCleared = true;
      slots.clear();
    } else if (change instanceof Put put) {
      change(put.variable(), put.type()).put(put.entry());
    } else {
      SlotView present = slot(change.variable());
      if (present == null) {
        return;
      }
      PendingSlot slot = change(change.variable(), present.type());
      if (change instanceof Removed removed) {
        slot.remove(removed.key());
      } else if (change instanceof DroppedUntil dropped) {
        slot.dropUntil(dropped.number());
      } else if (change instanceof Cleared) {
        slot.clear();
      } else {
        throw new AssertionError("unhandled " + change.getClass());
      }
    }
  }

  /** Returns the changes, by variable. */
  public List<VariableChange> changes() {
    List<VariableChange> changes = new ArrayList<>();
    if (isCleared) {
      changes.add(new AllCleared());
    }
    slots.values().forEach(slot -> slot.addChanges(changes));
    return changes;
  }

  @Override
  public int end() {
    int changed = slots.isEmpty() ? 0 : slots.lastKey() + 1;
    return isCleared ? changed : Math.max(base.end(), changed);
  }
}
