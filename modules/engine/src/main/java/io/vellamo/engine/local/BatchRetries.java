package io.vellamo.engine.local;

import io.vellamo.api.query.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The failures of one call of a batch's source or sink.
 *
 * <p><b>Time</b> The time since the first failure is that of the clock, or that of the waits alone
 * if the clock shows less.
 *
 * <p><b>Threading</b> Used by one thread, which it blocks.
 */
final class BatchRetries {
  private final RetryPolicy policy;
  private final InstantSource clock;
  private final BatchRun.Pause pause;
  private int failures;
  private long firstMillis;
  private long waitedMillis;

  BatchRetries(RetryPolicy policy, InstantSource clock, BatchRun.Pause pause) {
    this.policy = policy;
    this.clock = clock;
    this.pause = pause;
  }

  /** Notes a failure; returns whether the call may be made again. */
  boolean mayTryAgain() {
    if (failures == 0) {
      firstMillis = clock.millis();
    }
    failures++;
    return leftMillis() > 0;
  }

  private long leftMillis() {
    return policy.giveUpAfter().toMillis() - elapsedMillis();
  }

  private long elapsedMillis() {
    return Math.max(waitedMillis, clock.millis() - firstMillis);
  }

  boolean isFirst() {
    return failures == 1;
  }

  /** Waits before the call is made again. */
  void await() throws InterruptedException {
    long delayMillis = Math.min(policy.backoff(failures).toMillis(), leftMillis());
    pause.await(Duration.ofMillis(Math.max(0, delayMillis)));
    waitedMillis += delayMillis;
  }

  /** Returns how often the call has failed, for a message. */
  String text() {
    return " failed [%d] times in [%s], the last time with: "
        .formatted(failures, Duration.ofMillis(elapsedMillis()));
  }
}
