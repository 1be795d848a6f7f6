package io.vellamo.engine.pipeline;

import io.vellamo.api.VellamoException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;

/** A user's function that failed on an event, with the event's position in the source. */
public final class EventFailure extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param step what failed, such as {@code map}
   * @param range where the event was read
   * @param offset the event's offset
   * @param cause what was thrown
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
