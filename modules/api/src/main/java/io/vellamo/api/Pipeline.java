package io.vellamo.api;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline under construction.
 *
 * @param name the query's name
 * @param starter starts the finished query
 * @param upstream the pipeline so far
 * @param hasWatermark whether events have an event time at this point
 */
record Pipeline(String name, QueryStarter starter, Upstream upstream, boolean hasWatermark) {

  Pipeline with(Stage stage) {
    boolean watermark =
        stage instanceof Stage.EventTime || (hasWatermark && passesEventTimes(stage));
    return new Pipeline(name, starter, new Upstream.Step(upstream, stage), watermark);
  }

  /** Returns whether the results of a stage may have event times if its input has. */
  private static boolean passesEventTimes(Stage stage) {
    return !(stage instanceof Stage.Group group) || group.operator().has(Trait.EMITS_EVENT_TIMES);
  }

  /**
   * Returns the union of this pipeline and another.
   *
   * @throws IllegalArgumentException if the other belongs to another query
   */
  Pipeline union(Pipeline other) {
    if (!name.equals(other.name) || starter != other.starter) {
      throw new IllegalArgumentException(
          "other must be a stream of the same query [%s], was one of [%s]"
              .formatted(name, other.name));
    }
    List<Upstream> branches = new ArrayList<>();
    branches.add(upstream);
    branches.add(other.upstream);
    return new Pipeline(
        name, starter, new Upstream.Union(branches), hasWatermark || other.hasWatermark);
  }

  /** Returns this pipeline with a name for its last step, which must be a stateful operator. */
  Pipeline named(String operator) {
    if (upstream instanceof Upstream.Step last) {
      if (last.stage() instanceof Stage.Group group) {
        requireUnnamed(group.operator().givenName(), operator);
        return endingWith(
            last.before(),
            new Stage.Group(
                group.key(), group.keyType(), group.operator().named(operator), group.calls()));
      }
      if (last.stage() instanceof Stage.Deduplicate duplicates) {
        requireUnnamed(duplicates.givenName(), operator);
        return endingWith(
            last.before(),
            new Stage.Deduplicate(
                duplicates.kind(),
                Optional.of(operator),
                duplicates.key(),
                duplicates.keyType(),
                duplicates.memory()));
      }
    }
    throw new IllegalStateException(
        "named(\"%s\") of query [%s] must directly follow a stateful operator such as flatMapGroupsWithState or dropDuplicates"
            .formatted(operator, name));
  }

  private Pipeline endingWith(Upstream before, Stage stage) {
    return new Pipeline(name, starter, new Upstream.Step(before, stage), hasWatermark);
  }

  private void requireUnnamed(Optional<String> known, String operator) {
    if (known.isPresent()) {
      throw new IllegalStateException(
          "An operator of query [%s] must be named once, has the name [%s] and was to be named [%s]"
              .formatted(name, known.get(), operator));
    }
  }

  /**
   * Returns this pipeline with an output mode for its last step, which must be an aggregation.
   *
   * @throws IllegalStateException if it is not, or does not support the mode
   */
  Pipeline outputMode(OutputMode mode) {
    if (upstream instanceof Upstream.Step last
        && last.stage() instanceof Stage.Group group
        && group.calls() instanceof AggregationCode code) {
      OutputModes.check(name, code, mode);
      return endingWith(
          last.before(),
          new Stage.Group(
              group.key(), group.keyType(), code.operator(group.operator(), mode), group.calls()));
    }
    throw new IllegalStateException(
        "outputMode(%s) of query [%s] must directly follow an aggregation; other operators take their mode as an argument"
            .formatted(mode, name));
  }

  /**
   * Checks that the pipeline can end here: each aggregation supports its mode.
   *
   * @throws IllegalStateException if one does not
   */
  void requireOutputModes() {
    OutputModes.check(name, upstream);
  }

  /**
   * Checks that the journal can distinguish the stateful operators. A pipeline that can only run as
   * a batch has no journal.
   *
   * @throws IllegalStateException if there are several and their names are missing or not unique
   */
  void requireOperatorNames() {
    List<OperatorLabel> operators =
        upstream.stages().stream().flatMap(stage -> OperatorLabel.of(stage).stream()).toList();
    boolean hasJournal =
        upstream.operators().stream().noneMatch(each -> each.has(Trait.NEEDS_ALL_EVENTS));
    if (operators.size() < 2 || !hasJournal) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (OperatorLabel operator : operators) {
      if (operator.name().isEmpty()) {
        throw new IllegalStateException(
            "Query [%s] has [%d] stateful operators, so each must have a name by which the journal knows it; [%s] has none, call named(\"...\") directly after it"
                .formatted(name, operators.size(), operator.kind()));
      }
      if (!names.add(operator.name().get())) {
        throw new IllegalStateException(
            "The stateful operators of query [%s] must have different names, two are named [%s]"
                .formatted(name, operator.name().get()));
      }
    }
  }

  /** The kind and the given name of a stateful operator. */
  private record OperatorLabel(String kind, Optional<String> name) {
    static Optional<OperatorLabel> of(Stage stage) {
      if (stage instanceof Stage.Group group) {
        StatefulOperator operator = group.operator();
        return Optional.of(new OperatorLabel(operator.kind(), operator.givenName()));
      }
      if (stage instanceof Stage.Deduplicate duplicates) {
        return Optional.of(new OperatorLabel(duplicates.kind(), duplicates.givenName()));
      }
      return Optional.empty();
    }
  }

  /** Returns the first stateful operator whose rows replace earlier ones, if there is one. */
  Optional<StatefulOperator> updating() {
    return upstream.operators().stream()
        .filter(operator -> operator.mode() == OutputMode.UPDATE)
        .findFirst();
  }

  /**
   * Checks that a stateful operator may consume this pipeline's rows.
   *
   * @param operator the name of the operator
   * @param keepsTime whether the operator compares event times with the watermark
   * @throws IllegalStateException if the operator must not follow these operators, as in Spark
   */
  void requireInputFor(String operator, boolean keepsTime) {
    requireOutputModes();
    for (StatefulOperator before : upstream.operators()) {
      if (before.mode() == OutputMode.COMPLETE) {
        throw refused(
            operator, before, "in mode [COMPLETE], which emits the whole result in every epoch");
      }
      if (before.mode() == OutputMode.UPDATE) {
        throw refused(
            operator,
            before,
            "whose rows replace earlier ones [UPDATE], as %s would take each for a new event; use"
                    .formatted(operator)
                + " flatMapGroupsWithState with OutputMode.APPEND");
      }
      if (keepsTime
          && before.timeout() == GroupStateTimeout.EVENT_TIME
          && !before.has(Trait.EMITS_EVENT_TIMES)) {
        throw refused(
            operator,
            before,
            "with timeout [EVENT_TIME], as its rows have no event time; use process, whose rows can be"
                + " emitted with an event time");
      }
    }
  }

  private IllegalStateException refused(String operator, StatefulOperator before, String why) {
    return new IllegalStateException(
        "%s of query [%s] must not follow %s %s; or write its rows to a sink and start another query on them"
            .formatted(operator, name, before.kind(), why));
  }
}
