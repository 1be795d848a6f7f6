package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A query's stages, divided by its stateful operator.
 *
 * @param front the stages before the operator; all of them if there is none
 * @param group the operator's stage, if there is one
 * @param back the stages that the operator's rows pass
 */
public record CompiledQuery(List<Stage> front, Optional<Stage.Group> group, List<Stage> back) {
  /** Returns a plan's stages, divided. */
  public static CompiledQuery of(QueryPlan plan) {
    List<Stage> stages = plan.stages();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i) instanceof Stage.Group group) {
        return new CompiledQuery(
            stages.subList(0, i), Optional.of(group), stages.subList(i + 1, stages.size()));
      }
    }
    return new CompiledQuery(stages, Optional.empty(), List.of());
  }

  /** Returns the clock of the operator's timeouts; {@code NONE} if there is no operator. */
  public GroupStateTimeout timeout() {
    return group.map(stage -> stage.operator().timeout()).orElse(GroupStateTimeout.NONE);
  }

  /** Returns whether events have an event time when they reach the operator. */
  public boolean hasWatermark() {
    return front.stream().anyMatch(Stage.EventTime.class::isInstance);
  }

  /** Returns how far the watermark trails, in milliseconds; 0 if there is no watermark. */
  public long delayMillis() {
    return front.stream()
        .filter(Stage.EventTime.class::isInstance)
        .mapToLong(stage -> ((Stage.EventTime) stage).delay().toMillis())
        .findFirst()
        .orElse(0);
  }
}
