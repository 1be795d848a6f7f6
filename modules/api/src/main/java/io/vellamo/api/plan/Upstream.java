package io.vellamo.api.plan;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in front of a point of a pipeline: sources, the stages their events pass, and where
 * streams come together.
 *
 * @since 0.1
 */
public sealed interface Upstream {
  /**
   * Where events come from.
   *
   * @param source the user's source
   */
  record Input(EventSource<?> source) implements Upstream {
    public Input {
      requireNonNull(source, "source");
    }
  }

  /**
   * A stage, and what stands in front of it.
   *
   * @param before where the stage's events come from
   * @param stage what happens to them
   */
  record Step(Upstream before, Stage stage) implements Upstream {
    public Step {
      requireNonNull(before, "before");
      requireNonNull(stage, "stage");
    }
  }

  /**
   * Several streams made one.
   *
   * @param branches the streams, at least two
   */
  record Union(List<Upstream> branches) implements Upstream {
    public Union {
      branches = List.copyOf(branches);
    }
  }

  /**
   * Returns the sources, branch by branch. A source that was used twice is there twice.
   *
   * @return at least one
   */
  default List<EventSource<?>> sources() {
    if (this instanceof Input input) {
      return List.of(input.source);
    }
    if (this instanceof Step step) {
      return step.before.sources();
    }
    List<EventSource<?>> all = new ArrayList<>();
    ((Union) this).branches.forEach(branch -> all.addAll(branch.sources()));
    return all;
  }

  /**
   * Returns the stages, each behind those whose events it gets.
   *
   * @return in the order in which events pass them, branch by branch
   */
  default List<Stage> stages() {
    List<Stage> all = new ArrayList<>();
    if (this instanceof Step step) {
      all.addAll(step.before.stages());
      all.add(step.stage);
    } else if (this instanceof Union union) {
      union.branches.forEach(branch -> all.addAll(branch.stages()));
    }
    return all;
  }

  /**
   * Returns the stateful operators, each behind those whose rows it gets.
   *
   * @return in the order of {@link #stages}
   */
  default List<StatefulOperator> operators() {
    return stages().stream()
        .filter(Stage.Group.class::isInstance)
        .map(stage -> ((Stage.Group) stage).operator())
        .toList();
  }
}
