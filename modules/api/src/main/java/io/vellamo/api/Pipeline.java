package io.vellamo.api;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.QueryStarter;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.plan.Upstream;
import io.vellamo.api.query.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline under construction has gathered.
 *
 * @param name the query's name
 * @param starter what will run it
 * @param upstream the pipeline so far
 * @param hasWatermark whether its events have an event time here
 */
record Pipeline(String name, QueryStarter starter, Upstream upstream, boolean hasWatermark) {

  Pipeline with(Stage stage) {
    boolean watermark =
        stage instanceof Stage.EventTime || (hasWatermark && !(stage instanceof Stage.Group));
    return new Pipeline(name, starter, new Upstream.Step(upstream, stage), watermark);
  }

  /**
   * Returns this pipeline and another as one.
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

  /** Returns the first stateful operator whose rows replace earlier ones, if there is one. */
  Optional<StatefulOperator> updating() {
    return upstream.operators().stream()
        .filter(operator -> operator.mode() == OutputMode.UPDATE)
        .findFirst();
  }

  /**
   * Makes sure that a stateful operator may get this pipeline's rows.
   *
   * @param operator the name of the operator
   * @param keepsTime whether it compares event times with the watermark
   * @throws IllegalStateException if not, as in Spark
   */
  void requireInputFor(String operator, boolean keepsTime) {
    for (StatefulOperator before : upstream.operators()) {
      if (before.mode() == OutputMode.UPDATE) {
        throw refused(
            operator,
            before,
            "whose rows replace earlier ones [UPDATE], as %s would take each for a new event; use"
                    .formatted(operator)
                + " flatMapGroupsWithState with OutputMode.APPEND");
      }
      if (keepsTime && before.timeout() == GroupStateTimeout.EVENT_TIME) {
        throw refused(
            operator,
            before,
            "with timeout [EVENT_TIME], as the watermark may have passed its rows when they are"
                + " emitted");
      }
    }
  }

  private IllegalStateException refused(String operator, StatefulOperator before, String why) {
    return new IllegalStateException(
        "%s of query [%s] must not follow %s %s; or write its rows to a sink and start another query on them"
            .formatted(operator, name, before.name(), why));
  }
}
