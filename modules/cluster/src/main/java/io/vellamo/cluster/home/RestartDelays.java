package io.vellamo.cluster.home;

import io.vellamo.engine.protocol.query.ShardRestarts;
import java.time.Duration;
import java.util.Optional;

/**
 * The delays before a coordinator whose journal has failed is started again: each is twice the
 * preceding one, until the query has committed an epoch.
 */
final class RestartDelays {
  private final ShardRestarts rule;
  private int failures;
  private long waitedMillis;

  /** Creates the delays for a query that works. */
  RestartDelays(ShardRestarts rule) {
    this.rule = rule;
  }

  /** Notes that the coordinator works. */
  void worked() {
    failures = 0;
    waitedMillis = 0;
  }

  /** Returns the delay after a failure that may pass; empty if it has lasted too long. */
  Optional<Duration> afterFailure() {
    if (waitedMillis >= rule.giveUpMillis()) {
      return Optional.empty();
    }
    failures++;
    long delayMillis = Math.max(1, rule.backoffMillis(failures));
    waitedMillis += delayMillis;
    return Optional.of(Duration.ofMillis(delayMillis));
  }

  /**
   * Returns the delay after another coordinator has taken over the journal: the longest one, in
   * which the cluster finds out which of the two homes is the true one.
   */
  Duration afterConflict() {
    return Duration.ofMillis(Math.max(1, rule.mostBackoffMillis()));
  }
}
