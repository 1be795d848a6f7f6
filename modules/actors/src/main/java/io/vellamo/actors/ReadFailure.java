package io.vellamo.actors;

import io.vellamo.api.VellamoException;
import io.vellamo.api.source.OffsetRange;

/** A range that could not be read. */
final class ReadFailure extends VellamoException {
  private static final long serialVersionUID = 1L;

  ReadFailure(OffsetRange range, Throwable cause) {
    super(
        "Reading [%s] from [%d] to [%d] failed: %s"
            .formatted(range.partition(), range.from(), range.until(), Failures.describe(cause)),
        cause);
  }
}
