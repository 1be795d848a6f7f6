package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.engine.failure.Failures;
import java.util.Optional;

/** Tells of an event that a stage in front of the operator threw for. */
final class FailedStage {
  private FailedStage() {}

  /**
   * Returns the dead letter.
   *
   * @param stage the stage, such as {@code map}
   * @param position where the event was read
   * @param epoch the epoch that read it
   * @param event the event as it came from the source
   * @param cause what was thrown
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
