package io.vellamo.engine.journal;

import io.vellamo.api.internal.DeclaredState;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.SlotType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables and timers that an operator declares, matched by name with those in the journal.
 *
 * @param declared those of the code, variables first, in the order of declaration
 * @param known those of the journal, by number
 */
public record VariableNumbers(List<CreatedVariable> declared, List<CreatedVariable> known) {
  /** Matches declarations with a journal. */
  public static VariableNumbers of(DeclaredState state, List<CreatedVariable> known) {
    List<CreatedVariable> declared = new ArrayList<>();
    state
        .variables()
        .forEach(each -> declared.add(new CreatedVariable(each.name(), SlotType.of(each))));
    state
        .timers()
        .forEach(each -> declared.add(new CreatedVariable(each.name(), SlotType.of(each))));
    return new VariableNumbers(declared, known);
  }

  /** Returns the variables of the journal after a start with these declarations. */
  List<CreatedVariable> after() {
    List<CreatedVariable> after = new ArrayList<>();
    for (CreatedVariable variable : withAdded()) {
      after.add(find(declared, variable.name()) < 0 ? variable.dropped() : variable);
    }
    return after;
  }

  /** Returns the variables of the journal, followed by the declared ones that it does not have. */
  public List<CreatedVariable> withAdded() {
    List<CreatedVariable> all = new ArrayList<>(known);
    for (CreatedVariable variable : declared) {
      if (find(known, variable.name()) < 0) {
        all.add(variable);
      }
    }
    return all;
  }

  /** Returns the numbers of the declared variables; the journal must have them. */
  public int[] numbers() {
    int[] numbers = new int[declared.size()];
    for (int place = 0; place < numbers.length; place++) {
      numbers[place] = find(known, declared.get(place).name());
    }
    return numbers;
  }

  /** Returns the first variable of the journal that is declared with another type, or null. */
  public @Nullable CreatedVariable changed() {
    for (CreatedVariable variable : declared) {
      int number = find(known, variable.name());
      if (number >= 0 && !known.get(number).type().equals(variable.type())) {
        return known.get(number);
      }
    }
    return null;
  }

  /** Returns the first variable of the journal that is not declared, or null. */
  public @Nullable CreatedVariable missing() {
    for (CreatedVariable variable : known) {
      if (!variable.isDropped() && find(declared, variable.name()) < 0) {
        return variable;
      }
    }
    return null;
  }

  /** Returns the declared type of a variable. */
  public SlotType declaredType(String name) {
    return declared.get(find(declared, name)).type();
  }

  /** Returns the index of a variable that is not dropped, or -1. */
  private static int find(List<CreatedVariable> variables, String name) {
    for (int number = 0; number < variables.size(); number++) {
      CreatedVariable variable = variables.get(number);
      if (!variable.isDropped() && variable.name().equals(name)) {
        return number;
      }
    }
    return -1;
  }
}
