package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a pipeline upstream of a point: sources, stages, and unions of streams.
 *
 * @since 0.1
 */
public sealed interface Upstream {
  /**
   * A source of events.
   *
   * @param source the user's source
   */
  record Input(EventSource<?> source) implements Upstream {
    public Input {
      requireNonNull(source, "source");
    }
  }

  /**
   * A stage and the part of the pipeline upstream of it.
   *
   * @param before the part that emits the stage's input
   * @param stage the stage
   */
  record Step(Upstream before, Stage stage) implements Upstream {
    public Step {
      requireNonNull(before, "before");
      requireNonNull(stage, "stage");
    }
  }

  /**
   * A union of several streams.
   *
   * @param branches the streams, at least two
   */
  record Union(List<Upstream> branches) implements Upstream {
    public Union {
      branches = List.copyOf(branches);
    }
  }

  /**
   * Returns the sources, branch by branch. A source that is used twice is listed twice.
   *
   * @return at least one source
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
   * Returns the stages, each after the stages upstream of it.
   *
   * @return the stages in the order in which events pass through them, branch by branch
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
   * Returns the operators of the {@link Stage.Group} stages, each after the operators upstream of
   * it.
   *
   * @return the operators in the order of {@link #stages}
   */
  default List<StatefulOperator> operators() {
    return stages().stream()
        .filter(Stage.Group.class::isInstance)
        .map(stage -> ((Stage.Group) stage).operator())
        .toList();
  }
}
