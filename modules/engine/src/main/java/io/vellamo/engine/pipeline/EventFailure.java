package io.vellamo.engine.pipeline;

import io.vellamo.api.VellamoException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;

/** The failure of a user's function on an event, with the event's position in the source. */
public final class EventFailure extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param step the stage that failed, such as {@code map}
   * @param range the range of the event
   * @param offset the event's offset
   * @param cause the exception or error of the function
   */
  EventFailure(String step, OffsetRange range, long offset, Throwable cause) {
    super(
        "%s failed at source position [%s@%d] with [%s]"
            .formatted(step, range.partition(), offset, cause.getClass().getName()),
        cause);
  }

  @Override
  public String describe(Failures words) {
    return getMessage() + words.details(Objects.requireNonNull(getCause(), "cause"));
  }
}
