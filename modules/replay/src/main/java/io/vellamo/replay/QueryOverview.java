package io.vellamo.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.SlotType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An overview of a query from its own journal.
 *
 * @param name the query's name
 * @param id its identity across all runs
 * @param shards the number of shards of each of its operators
 * @param operators its stateful operators, in order; empty if it has none
 * @param runs the number of its starts
 * @param firstEpoch the first epoch whose plan is in the journal; 0 if there is none
 * @param plannedEpoch the last epoch that was planned; 0 if none was
 * @param committedEpoch the last epoch that was committed; 0 if none was
 * @param watermark the watermark of the next epoch; null if there is none
 * @param events the counts of its events by fate
 * @since 0.1
 */
public record QueryOverview(
    String name,
    UUID id,
    int shards,
    List<Operator> operators,
    long runs,
    long firstEpoch,
    long plannedEpoch,
    long committedEpoch,
    @Nullable Instant watermark,
    EventCounts events) {
  /** Copies the operators. */
  public QueryOverview {
    operators = List.copyOf(operators);
  }

  /**
   * A stateful operator.
   *
   * @param name its name
   * @param timeout the clock of its groups' timeouts
   * @param hasVariables whether its groups have variables and timers, as those of {@code process}
   * @param variables the variables and timers that it has ever declared
   */
  public record Operator(
      String name, GroupStateTimeout timeout, boolean hasVariables, List<Variable> variables) {
    /** Copies the variables. */
    public Operator {
      variables = List.copyOf(variables);
    }

    static Operator of(CreatedOperator operator) {
      return new Operator(
          operator.name(),
          operator.timeout(),
          operator.hasVariables(),
          operator.variables().stream().map(Variable::of).toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A variable of an operator, or its timers of one name.
   *
   * @param name its name
   * @param kind its kind
   * @param clock the clock of its expiry or, for timers, of the timers; null if entries never
   *     expire
   * @param isDropped whether the last start of the query no longer declares it
   */
  public record Variable(
      String name, VariableView.Kind kind, @Nullable TimeDomain clock, boolean isDropped) {
    static Variable of(CreatedVariable variable) {
      SlotType type = variable.type();
      return new Variable(
          variable.name(), GroupForms.kind(type), type.domain(), variable.isDropped());
    }
  }
}
