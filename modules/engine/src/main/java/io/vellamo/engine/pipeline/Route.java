package io.vellamo.engine.pipeline;

import io.vellamo.api.internal.Stage;
import java.util.List;

/**
 * The stateless stages that events pass before the next operator or the sink.
 *
 * @param stages the stages, in order
 * @param firstWatermark the number of the first watermark among the stages; any others follow it
 * @param target the operator's index in the query, or {@link #SINK}
 */
public record Route(List<Stage> stages, int firstWatermark, int target) {
  /** The sink as target. */
  public static final int SINK = -1;

  /** Copies the stages. */
  public Route {
    stages = List.copyOf(stages);
  }

  /** Returns whether the target is the sink. */
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
