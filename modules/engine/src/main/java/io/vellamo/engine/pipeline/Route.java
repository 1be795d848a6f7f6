package io.vellamo.engine.pipeline;

import io.vellamo.api.plan.Stage;
import java.util.List;

/**
 * The stages without state that events pass on their way to the next operator, or to the sink.
 *
 * @param stages in order
 * @param firstWatermark the number of the first watermark among the stages; they are counted on
 * @param target the operator's place in the query, or {@link #SINK}
 */
public record Route(List<Stage> stages, int firstWatermark, int target) {
  /** Stands for the sink. */
  public static final int SINK = -1;

  /** Copies the stages. */
  public Route {
    stages = List.copyOf(stages);
  }

  /** Returns whether the sink comes next. */
  public boolean leadsToSink() {
    return target == SINK;
  }

  /** Returns whether one of the stages is a watermark; there is at most one. */
  public boolean hasWatermark() {
    return !watermarks().isEmpty();
  }

  /** Returns the watermarks among the stages. */
  List<Stage.EventTime> watermarks() {
    return stages.stream()
        .filter(Stage.EventTime.class::isInstance)
        .map(Stage.EventTime.class::cast)
        .toList();
  }
}
