package io.vellamo.engine.io;

import io.vellamo.api.VellamoException;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;

/** The failure of a query whose whole result has too many groups. */
public final class ResultTooLarge extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  ResultTooLarge(String query, int maxGroups) {
    super(
        "The result of query [%s] in mode [COMPLETE] must have at most [%d] groups, as it is held in memory, has more; raise vellamo.query.max-complete-groups, use outputMode(UPDATE) or group by fewer keys"
            .formatted(query, maxGroups),
        null);
  }

  @Override
  public String describe(Failures words) {
    return String.valueOf(getMessage());
  }
}
