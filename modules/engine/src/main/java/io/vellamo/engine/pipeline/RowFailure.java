package io.vellamo.engine.pipeline;

import io.vellamo.api.VellamoException;

/** A user's function that failed on a row of the stateful operator. */
public final class RowFailure extends VellamoException {
  private static final long serialVersionUID = 1L;

  RowFailure(String step, Throwable cause) {
    super(
        "%s behind the stateful operator failed with [%s]"
            .formatted(step, cause.getClass().getName()),
        cause);
  }
}
