package io.vellamo.engine.journal;

import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.variable.CreatedVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a query's code, matched by name with those in its journal.
 *
 * <p>An operator has a place in the code, which changes with the code, and a number in the journal,
 * which never changes and identifies its shards' journals.
 */
public final class OperatorNumbers {
  private final List<CompiledOperator> operators;
  private final List<CreatedOperator> known;

  /**
   * Matches operators by name.
   *
   * @param operators the operators of the code, by place in the code
   * @param known the operators of the journal, by number
   */
  public OperatorNumbers(List<CompiledOperator> operators, List<CreatedOperator> known) {
    this.operators = operators;
    this.known = known;
  }

  /** Returns the operators that are not in the journal yet; they get the next numbers. */
  public List<CreatedOperator> added() {
    return operators.stream()
        .filter(operator -> number(operator.operator().name()) < 0)
        .map(OperatorNumbers::created)
        .toList();
  }

  private static CreatedOperator created(CompiledOperator operator) {
    return new CreatedOperator(
        operator.operator().name(),
        operator.timeout(),
        hasVariables(operator),
        variables(operator, List.of()).after());
  }

  private static boolean hasVariables(CompiledOperator operator) {
    return operator.operator().has(Trait.HAS_VARIABLES);
  }

  private static VariableNumbers variables(CompiledOperator operator, List<CreatedVariable> known) {
    return VariableNumbers.of(operator.operator().declared(), known);
  }

  /** Returns the known operators whose variables the code declares differently. */
  public List<VariablesDeclared> declared() {
    List<VariablesDeclared> all = new ArrayList<>();
    for (CompiledOperator operator : operators) {
      int number = number(operator.operator().name());
      if (number >= 0) {
        List<CreatedVariable> before = known.get(number).variables();
        List<CreatedVariable> after = variables(operator, before).after();
        if (!after.equals(before)) {
          all.add(new VariablesDeclared(number, after));
        }
      }
    }
    return all;
  }

  /**
   * Returns the numbers of the variables, then of the timers, of the operator at a place in the
   * code; the journal must have them.
   */
  public int[] variablesOfPlace(int place) {
    return variables(operators.get(place), known.get(ofPlace(place)).variables()).numbers();
  }

  /** Returns the number of the operator at a place in the code; the journal must have it. */
  public int ofPlace(int place) {
    return number(operators.get(place).operator().name());
  }

  private int number(String name) {
    for (int number = 0; number < known.size(); number++) {
      if (known.get(number).name().equals(name)) {
        return number;
      }
    }
    return -1;
  }

  /**
   * Returns why a query can't continue from its journal with these operators, or null if it can.
   *
   * @param created the query in the journal
   * @param ledger the query's position in the journal
   */
  public @Nullable String mismatch(QueryCreated created, QueryLedger ledger) {
    for (CreatedOperator operator : created.operators()) {
      String mismatch = mismatch(operator);
      if (mismatch != null) {
        return mismatch;
      }
    }
    List<CreatedOperator> added = added();
    EpochPlan planned = ledger.planned();
    if (!added.isEmpty() && planned != null) {
      return "operator [%s] can't be added while epoch [%d] is unfinished, as the sink may have its rows already; start the query without the operator until the epoch is committed, then add it"
          .formatted(added.get(0).name(), planned.epoch());
    }
    return ledger.committedEpoch() == 0 ? null : initialStateMismatch(added);
  }

  private @Nullable String mismatch(CreatedOperator journaled) {
    CompiledOperator present =
        operators.stream()
            .filter(each -> each.operator().name().equals(journaled.name()))
            .findFirst()
            .orElse(null);
    if (present == null) {
      return "the stateful operators must include [%s], whose groups are in the journal, were [%s]; put it back under that name with named(\"%s\"), or start a query of another name"
          .formatted(journaled.name(), names(), journaled.name());
    }
    if (hasVariables(present) != journaled.hasVariables()) {
      return "operator [%s] must %s, as when it was first started; put it back, or give the operator a new name and lose its groups"
          .formatted(
              journaled.name(),
              journaled.hasVariables()
                  ? "have variables, as process and windows do"
                  : "have a single state, not variables as process and windows do");
    }
    VariableNumbers variables = variables(present, journaled.variables());
    CreatedVariable missing = variables.missing();
    if (missing != null && present.operator().has(Trait.KEEPS_VARIABLES)) {
      return "operator [%s] must have the state [%s], as when it was first started, has [%s]; set its windows back, or give the operator a new name and lose what is open"
          .formatted(journaled.name(), missing.name(), variables.declared().get(0).name());
    }
    CreatedVariable changed = variables.changed();
    if (changed != null) {
      return "variable or timer [%s] of operator [%s] must be [%s], as in the journal, is [%s]; change it back, or use a new name and lose its values"
          .formatted(
              changed.name(),
              journaled.name(),
              changed.type(),
              variables.declaredType(changed.name()));
    }
    if (present.timeout() != journaled.timeout()) {
      return "operator [%s] must have timeout [%s], as when it was first started, has [%s]; set it back, or give the operator a new name and lose its groups"
          .formatted(journaled.name(), journaled.timeout(), present.timeout());
    }
    return null;
  }

  private @Nullable String initialStateMismatch(List<CreatedOperator> added) {
    for (CompiledOperator operator : operators) {
      if (operator.operator().initialState().isPresent() && contains(added, operator)) {
        return "operator [%s] can't be added with an initial state, as initial states are read in a query's first epoch only; leave the initial state out, or start a query of another name"
            .formatted(operator.operator().name());
      }
    }
    return null;
  }

  private static boolean contains(List<CreatedOperator> added, CompiledOperator operator) {
    return added.stream().anyMatch(each -> each.name().equals(operator.operator().name()));
  }

  private String names() {
    return operators.stream()
        .map(operator -> operator.operator().name())
        .collect(Collectors.joining(", "));
  }
}
