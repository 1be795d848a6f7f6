package io.vellamo.engine.pipeline;

import io.vellamo.api.VellamoException;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import java.util.Objects;

/** The failure of a user's function on a row of a stateful operator. */
public final class RowFailure extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  RowFailure(String step, Throwable cause) {
    super(
        "%s behind the stateful operator failed with [%s]"
            .formatted(step, cause.getClass().getName()),
        cause);
  }

  @Override
  public String describe(Failures words) {
    return getMessage() + words.details(Objects.requireNonNull(getCause(), "cause"));
  }
}
