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
        public VariablesView after(List<VariableChange> changes) {
          return new PendingVariables(this).after(changes);
        }

        @Override
        public int end() {
          return 0;
        }
      };

  /** Returns the entries of a variable; null if it has none. */
  @Nullable SlotView slot(int variable);

  /**
   * Returns the variables after changes that are not acknowledged yet. The kept variables are not
   * changed; pending ones are, and are returned.
   */
  VariablesView after(List<VariableChange> changes);

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
