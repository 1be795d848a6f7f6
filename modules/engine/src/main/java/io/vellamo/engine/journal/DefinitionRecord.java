package io.vellamo.engine.journal;

import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.variable.CreatedVariable;
import java.util.List;

/** A record of what a query has come to consist of, in the journal of the query. */
public sealed interface DefinitionRecord extends QueryRecord {
  /**
   * A start of a query whose operator declares other variables than before.
   *
   * @param operator the number of the operator
   * @param variables all variables and timers that it has ever had, in the order of their numbers
   */
  record VariablesDeclared(int operator, List<CreatedVariable> variables)
      implements DefinitionRecord {
    /** Copies the variables. */
    public VariablesDeclared {
      variables = List.copyOf(variables);
    }
  }

  /**
   * A start of a query with stateful operators that it did not have before.
   *
   * @param operators the new operators; their numbers follow those of the known operators
   */
  record OperatorsAdded(List<CreatedOperator> operators) implements DefinitionRecord {
    /** Copies the operators. */
    public OperatorsAdded {
      operators = List.copyOf(operators);
    }
  }

  /**
   * The layouts of states and keys that a start of a query writes, and no start before it has.
   *
   * @param layouts the layouts, as texts
   */
  record LayoutsAdded(List<String> layouts) implements DefinitionRecord {
    /** Copies the layouts. */
    public LayoutsAdded {
      layouts = List.copyOf(layouts);
    }
  }
}
