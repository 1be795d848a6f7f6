package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.Outage;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.query.Problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failed calls of a query's sources and sinks: when a call is made again, and when the query
 * gives up.
 *
 * <p>At most one call is pending: a query asks its sources, reads or writes, and fails over an
 * epoch that was read ahead only in that epoch's turn.
 *
 * <p><b>Time</b> By elapsed time, however the clock is set meanwhile. The wake-up of the query is
 * used for the wait: no other is needed before the call has succeeded.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class CallRetries {
  private final QueryMachine query;
  private final RetryPolicy policy;
  private final QueryEffects effects;
  private long retries;
  private long outageMillis;
  // From the first failure of a call until it succeeds.
  private @Nullable Outage outage;
  private long firstMillis;
  // While the query waits.
  private @Nullable Runnable call;
  private long dueMillis;

  CallRetries(QueryMachine query, RetryPolicy policy, QueryEffects effects) {
    this.query = query;
    this.policy = policy;
    this.effects = effects;
  }

  /** Returns whether the query waits before it makes a call again. */
  boolean isWaiting() {
    return call != null;
  }

  /**
   * Takes the failure of a call, and waits before it is made again, or fails the query.
   *
   * @param doing the call, for the message
   * @param again makes the call
   * @return whether the query waits
   */
  boolean failed(String doing, Problem problem, Runnable again) {
    Unavailable unavailable = problem.unavailable();
    if (unavailable == null) {
      query.failed(doing, problem);
      return false;
    }
    Now now = query.now();
    Outage before = outage;
    if (before == null) {
      firstMillis = now.monotonicMillis();
    }
    int failures = before == null ? 1 : before.failures() + 1;
    long elapsedMillis = now.monotonicMillis() - firstMillis;
    long leftMillis = policy.giveUpAfter().toMillis() - elapsedMillis;
    if (leftMillis <= 0) {
      query.fail(
          "%s failed [%d] times in [%s], the last time with: %s"
              .formatted(doing, failures, Duration.ofMillis(elapsedMillis), problem.text()),
          problem.id());
      return false;
    }
    long delayMillis = Math.min(policy.backoff(failures).toMillis(), leftMillis);
    Outage known =
        new Outage(
            unavailable.description(),
            before == null ? Instant.ofEpochMilli(now.wallMillis()) : before.since(),
            failures,
            Instant.ofEpochMilli(now.wallMillis() + delayMillis),
            unavailable.error(),
            problem.text());
    outage = known;
    call = again;
    dueMillis = now.monotonicMillis() + delayMillis;
    effects.publish(new QueryNews.CallFailed(known));
    effects.wakeAfter(delayMillis);
    query.considerRequests();
    return true;
  }

  /** Makes the pending call, if there is one and it is due. */
  void woken() {
    Runnable pending = call;
    if (pending == null) {
      return;
    }
    long leftMillis = dueMillis - query.now().monotonicMillis();
    if (leftMillis > 0) {
      effects.wakeAfter(leftMillis);
      return;
    }
    call = null;
    retries++;
    pending.run();
  }

  /** Notes that a call has succeeded. */
  void succeeded() {
    Outage over = outage;
    if (over != null) {
      long lastedMillis = query.now().monotonicMillis() - firstMillis;
      outage = null;
      outageMillis += lastedMillis;
      effects.publish(new QueryNews.OutageEnded(over, Duration.ofMillis(lastedMillis)));
    }
  }

  /** Ends the wait: the query has ended. */
  void end() {
    call = null;
  }

  /** Returns the duration of all outages that have ended. */
  long outageMillis() {
    return outageMillis;
  }

  /** Returns the number of calls that were made again since this method was last called. */
  long takeRetries() {
    long taken = retries;
    retries = 0;
    return taken;
  }
}
