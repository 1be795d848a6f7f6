package io.vellamo.engine.group;

import io.vellamo.api.process.TimerName;
import io.vellamo.engine.variable.SlotType;

/**
 * Declared timers of an operator.
 *
 * @param name the user's constant
 * @param number their number in the journal
 */
public record DeclaredTimer(TimerName name, int number) {
  /** Returns their type in the journal. */
  public SlotType type() {
    return SlotType.of(name);
  }
}
