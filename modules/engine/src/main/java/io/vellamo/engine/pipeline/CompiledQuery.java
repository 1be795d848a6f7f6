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
 * @param hasLateOutput whether late events are kept, not only counted
 */
public record CompiledQuery(
    List<Stage> front, Optional<Stage.Group> group, List<Stage> back, boolean hasLateOutput) {
  /** Returns a plan's stages, divided. */
  public static CompiledQuery of(QueryPlan plan) {
    List<Stage> stages = plan.stages();
    boolean hasLateOutput = plan.lateEvents().isPresent();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i) instanceof Stage.Group group) {
        return new CompiledQuery(
            stages.subList(0, i),
            Optional.of(group),
            stages.subList(i + 1, stages.size()),
            hasLateOutput);
      }
    }
    return new CompiledQuery(stages, Optional.empty(), List.of(), hasLateOutput);
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
    return eventTime().map(stage -> stage.delay().toMillis()).orElse(0L);
  }

  /**
   * Returns the latest event time that moves the watermark.
   *
   * @param processingTimeMillis the epoch's processing time
   */
  public long latestEventTimeMillis(long processingTimeMillis) {
    return eventTime()
        .flatMap(Stage.EventTime::maxFutureSkew)
        .map(skew -> processingTimeMillis + skew.toMillis())
        .orElse(Long.MAX_VALUE);
  }

  private Optional<Stage.EventTime> eventTime() {
    return front.stream()
        .filter(Stage.EventTime.class::isInstance)
        .map(Stage.EventTime.class::cast)
        .findFirst();
  }
}
