package io.vellamo.engine.group;

import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declared variables and timers of an operator.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param variables the variables, in the order of declaration
 * @param timers the timers, in the order of declaration
 * @param behind the difference by which rows may be emitted with event times before the watermark
 */
public record DeclaredVariables(
    List<DeclaredVariable> variables, List<DeclaredTimer> timers, Duration behind) {
  /** Copies the lists. */
  public DeclaredVariables {
    variables = List.copyOf(variables);
    timers = List.copyOf(timers);
  }

  /** Returns these declarations with the numbers of the journal, variables first. */
  DeclaredVariables numbered(int[] numbers) {
    List<DeclaredVariable> someVariables = new ArrayList<>();
    for (DeclaredVariable variable : variables) {
      someVariables.add(variable.numbered(numbers[someVariables.size()]));
    }
    List<DeclaredTimer> someTimers = new ArrayList<>();
    for (DeclaredTimer timer : timers) {
      int number = numbers[variables.size() + someTimers.size()];
      someTimers.add(new DeclaredTimer(timer.name(), number));
    }
    return new DeclaredVariables(someVariables, someTimers, behind);
  }

  /** Returns the declared variable of a number; null if there is none. */
  public @Nullable DeclaredVariable variable(int number) {
    for (DeclaredVariable each : variables) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  /** Returns the declared timers of a number; null if there are none. */
  public @Nullable DeclaredTimer timer(int number) {
    for (DeclaredTimer each : timers) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  /** Returns whether a number is that of a declared variable or timer. */
  public boolean has(int number) {
    return variable(number) != null || timer(number) != null;
  }

  /** Returns the shape of values and keys, as {@link StateCodec#shape} does. */
  public String shape() {
    return variables.stream()
        .map(each -> each.variable().name() + each.keyShape() + "=" + each.codec().shape())
        .sorted()
        .collect(Collectors.joining(","));
  }

  /**
   * Returns the declaration of a variable.
   *
   * @throws IllegalArgumentException if it is not declared
   */
  public DeclaredVariable declared(Variable wanted) {
    for (DeclaredVariable each : variables) {
      if (each.variable() == wanted) {
        return each;
      }
    }
    if (variables.stream().anyMatch(each -> each.variable().name().equals(wanted.name()))) {
      throw new IllegalArgumentException(
          "variable [%s] must be the constant that is declared, was another one of that name; pass the same constant to use(...) in declare"
              .formatted(wanted.name()));
    }
    throw undeclared("variable", wanted.name());
  }

  /**
   * Returns the declaration of timers.
   *
   * @throws IllegalArgumentException if they are not declared
   */
  public DeclaredTimer declared(TimerName wanted) {
    for (DeclaredTimer each : timers) {
      if (each.name().equals(wanted)) {
        return each;
      }
    }
    throw undeclared("timer", wanted.name());
  }

  private IllegalArgumentException undeclared(String what, String name) {
    String names =
        Stream.concat(
                variables.stream().map(each -> each.variable().name()),
                timers.stream().map(each -> each.name().name()))
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "%s [%s] must be declared, declared are [%s]; pass the same constant to use(...) in declare"
            .formatted(what, name, names));
  }
}
