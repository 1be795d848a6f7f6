package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.engine.failure.Failures;
import java.util.Optional;

/** Dead letters of events for which a stage upstream of the operators threw. */
final class FailedStage {
  private FailedStage() {}

  /**
   * Returns the dead letter of an event.
   *
   * @param stage the stage, such as {@code map}
   * @param position the event's position in the source
   * @param epoch the epoch that read it
   * @param event the event as it came from the source
   * @param cause the exception or error of the stage
   */
  static DeadLetter deadLetter(
      String stage, Position position, long epoch, Object event, Throwable cause) {
    return new DeadLetter(
        Optional.of(position),
        epoch,
        "%s threw %s".formatted(stage, Failures.bracketed(Failures.thrown(cause))),
        Optional.empty(),
        Optional.of(cause.getClass().getName()),
        Optional.ofNullable(Failures.message(cause)),
        Optional.of(event),
        Optional.empty());
  }
}
