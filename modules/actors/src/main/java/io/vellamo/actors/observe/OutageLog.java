package io.vellamo.actors.observe;

import io.vellamo.api.query.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The outages of a query's sources and sinks: the present one, and the log. Logged are the first
 * failure, at most one a minute of those that follow, and the end.
 *
 * <p><b>Threading</b> Safe to share; told by the query's coordinator only.
 */
final class OutageLog {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final String query;
  private final Logger log;
  private volatile @Nullable Outage outage;
  // Used by the coordinator only.
  private Instant logged = Instant.MIN;

  OutageLog(String query, Logger log) {
    this.query = query;
    this.log = log;
  }

  /** Returns the present outage. */
  Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  /** Returns an outage as a part of a status message. */
  static String note(Outage known) {
    return "; [%s] has failed [%d] times since [%s], tried again at [%s]: %s"
        .formatted(
            known.description(),
            known.failures(),
            known.since(),
            known.nextAttempt(),
            known.message());
  }

  void failed(Outage next) {
    outage = next;
    boolean isFirst = next.failures() == 1;
    if (isFirst || !next.nextAttempt().isBefore(logged.plus(INTERVAL))) {
      logged = next.nextAttempt();
      log.warn(
          "Query [{}]: [{}] has failed [{}] times since [{}] and is tried again at [{}]; the query"
              + " waits, found [{}]: {}",
          query,
          next.description(),
          next.failures(),
          next.since(),
          next.nextAttempt(),
          next.error(),
          next.message());
    }
  }

  void ended(Outage last, Duration lasted) {
    outage = null;
    log.info(
        "Query [{}]: [{}] works again after [{}] and [{}] failures",
        query,
        last.description(),
        lasted,
        last.failures());
  }
}
