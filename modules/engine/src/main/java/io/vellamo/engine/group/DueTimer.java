package io.vellamo.engine.group;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timer;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A timer of a group that is due.
 *
 * @param declared its name
 * @param entry the timer
 */
record DueTimer(DeclaredTimer declared, SlotEntry entry) {
  private static final Comparator<DueTimer> ORDER =
      Comparator.<DueTimer>comparingLong(timer -> timer.entry.dueMillis())
          .thenComparing(timer -> timer.declared.name().domain())
          .thenComparingInt(timer -> timer.declared.number())
          .thenComparingLong(timer -> timer.entry.number());

  /** Returns the declared timers that are due, in the order in which they fire. */
  static List<DueTimer> all(DeclaredVariables declared, VariablesView variables, EpochTimes times) {
    List<DueTimer> due = new ArrayList<>();
    for (DeclaredTimer timer : declared.timers()) {
      SlotView slot = variables.slot(timer.number());
      if (slot != null) {
        for (SlotEntry entry : slot.dueAt(times.millis(timer.name().domain()))) {
          due.add(new DueTimer(timer, entry));
        }
      }
    }
    due.sort(ORDER);
    return due;
  }

  /** Returns whether a timer is due. */
  static boolean isAny(VariablesView variables, EpochTimes times) {
    for (int number = 0; number < variables.end(); number++) {
      SlotView slot = variables.slot(number);
      if (slot != null && slot.type().kind() == Kind.TIMERS && isAny(slot, times)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAny(SlotView slot, EpochTimes times) {
    TimeDomain domain = slot.type().domain();
    if (domain == null) {
      return false;
    }
    long millis = times.millis(domain);
    return slot.firstDueMillis() <= millis && !slot.dueAt(millis).isEmpty();
  }

  /** Returns whether the timer is still set, and has not been set again since. */
  @SuppressWarnings("ReferenceEquality") // one that was set again may be equal
  boolean isSet(VariablesView variables) {
    SlotView slot = variables.slot(declared.number());
    return slot != null && slot.get(entry.key()) == entry;
  }

  void remove(PendingVariables variables) {
    variables.change(declared.number(), declared.type()).remove(entry.key());
  }

  Timer asSeen() {
    return declared.timer(entry);
  }
}
