package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.Expiry;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The declarations of a processor.
 *
 * @param variables the variables, in the order of their declaration
 * @param timers the timers, in the order of their declaration
 * @param behind the difference by which rows may be emitted with event times before the watermark
 * @since 0.1
 */
public record DeclaredState(List<Variable> variables, List<TimerName> timers, Duration behind) {
  /** No declarations: those of an operator with a single state and timeout. */
  public static final DeclaredState NONE = new DeclaredState(List.of(), List.of(), Duration.ZERO);

  /** Copies the lists. */
  public DeclaredState {
    variables = List.copyOf(variables);
    timers = List.copyOf(timers);
    requireNonNull(behind, "behind");
  }

  /**
   * Asks a processor for its declarations.
   *
   * @param processor the user's processor
   * @return the declarations
   * @throws IllegalArgumentException if two variables or timers have the same name
   */
  public static DeclaredState of(GroupProcessor<?, ?, ?> processor) {
    Collector collector = new Collector(processor.getClass().getName());
    processor.declare(collector);
    return new DeclaredState(collector.variables, collector.timers, collector.behind);
  }

  /**
   * Returns whether a timer or an expiry follows the watermark.
   *
   * @return true if there is one in event time
   */
  public boolean usesEventTime() {
    return timers.stream().anyMatch(timer -> timer.domain() == TimeDomain.EVENT_TIME)
        || variables.stream()
            .flatMap(variable -> variable.expiry().stream())
            .map(Expiry::domain)
            .anyMatch(domain -> domain == TimeDomain.EVENT_TIME);
  }

  private static final class Collector implements Declarations {
    private final String processor;
    private final List<Variable> variables = new ArrayList<>();
    private final List<TimerName> timers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Duration behind = Duration.ZERO;

    Collector(String processor) {
      this.processor = processor;
    }

    @Override
    public Declarations use(Variable variable) {
      requireNew(variable.name());
      variables.add(variable);
      return this;
    }

    @Override
    public Declarations use(TimerName timer) {
      requireNew(timer.name());
      timers.add(timer);
      return this;
    }

    private void requireNew(String name) {
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "variables and timers of [%s] must have different names, two are named [%s]"
                .formatted(processor, name));
      }
    }

    @Override
    public Declarations emitsBehindWatermark(Duration difference) {
      if (difference.isNegative() || difference.isZero()) {
        throw new IllegalArgumentException(
            "behind must be positive, was [%s]; leave it out if rows are never behind"
                .formatted(difference));
      }
      if (!behind.isZero()) {
        throw new IllegalArgumentException(
            "behind of [%s] must be declared once, was [%s] and then [%s]"
                .formatted(processor, behind, difference));
      }
      behind = difference;
      return this;
    }
  }
}
