package io.vellamo.engine.io;

import io.vellamo.api.VellamoException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;

/** The failure to read a range. */
public final class ReadFailure extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized
  private final OffsetRange range;

  ReadFailure(OffsetRange range, Throwable cause) {
    super(
        "Reading [%s] from [%d] to [%d] failed"
            .formatted(range.partition(), range.from(), range.until()),
        cause);
    this.range = range;
  }

  OffsetRange range() {
    return range;
  }

  @Override
  public String describe(Failures words) {
    return getMessage() + ": " + words.describe(Objects.requireNonNull(getCause(), "cause"));
  }
}
