package io.vellamo.engine.variable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables and timers of a group. */
public interface VariablesView {
  /** The variables of a group that is not kept. */
  VariablesView EMPTY =
      new VariablesView() {
        @Override
        public @Nullable SlotView slot(int variable) {
          return null;
        }

        @Override
        public int end() {
          return 0;
        }
      };

  /** Returns the entries of a variable; null if it has none. */
  @Nullable SlotView slot(int variable);

  /**
   * Returns the variables after changes that are not acknowledged yet. These variables are not
   * changed.
   */
  default PendingVariables after(List<VariableChange> changes) {
    PendingVariables after = new PendingVariables(this);
    after.apply(changes);
    return after;
  }

  /** Returns a number from which on no variable has entries. */
  int end();

  /** Returns whether no variable has entries. */
  default boolean isEmpty() {
    for (int variable = 0; variable < end(); variable++) {
      if (slot(variable) != null) {
        return false;
      }
    }
    return true;
  }
}
