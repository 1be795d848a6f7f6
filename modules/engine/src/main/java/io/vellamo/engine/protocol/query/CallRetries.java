package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.Outage;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.query.Problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The failed calls of a query's sources and sinks: when a call is made again, and when the query
 * gives up.
 *
 * <p>The query itself has at most one failed call: it asks its sources, reads or writes, and fails
 * over an epoch that was read ahead only in that epoch's turn. Each range of a sink has one too.
 * They are made again independently of each other; an outage lasts from the first failure until no
 * call fails any more.
 *
 * <p><b>Time</b> By elapsed time, however the clock is set meanwhile. The wake-up of the query is
 * used for the wait: no other is needed before the calls have succeeded.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class CallRetries {
  /** The caller that is no range: the query itself. */
  static final int QUERY = -1;

  /** A call that has failed and not yet succeeded. */
  private static final class FailedCall {
    final long firstMillis;
    int failures;
    // While it waits to be made again.
    @Nullable Runnable again;
    long dueMillis;

    FailedCall(long firstMillis) {
      this.firstMillis = firstMillis;
    }
  }

  private final QueryMachine query;
  private final RetryPolicy policy;
  private final QueryEffects effects;
  // By caller: a range, or the query.
  private final Map<Integer, FailedCall> failed = new TreeMap<>();
  private long retries;
  private long outageMillis;
  // From the first failure of a call until none fails.
  private @Nullable Outage outage;
  private long firstMillis;

  CallRetries(QueryMachine query, RetryPolicy policy, QueryEffects effects) {
    this.query = query;
    this.policy = policy;
    this.effects = effects;
  }

  /** Returns whether the query waits before it makes any call again. */
  boolean isWaiting() {
    return failed.values().stream().anyMatch(call -> call.again != null);
  }

  /** Returns whether a range waits before it is called again. */
  boolean isRangeWaiting() {
    return failed.keySet().stream().anyMatch(caller -> caller != QUERY && isWaiting(caller));
  }

  /** Returns whether a caller waits before it makes its call again. */
  boolean isWaiting(int caller) {
    FailedCall call = failed.get(caller);
    return call != null && call.again != null;
  }

  /**
   * Takes the failure of a call, and waits before it is made again, or fails the query.
   *
   * @param caller the range that was called, or {@link #QUERY}
   * @param doing the call, for the message
   * @param again makes the call
   * @return whether the query waits
   */
  boolean failed(int caller, String doing, Problem problem, Runnable again) {
    Unavailable unavailable = problem.unavailable();
    if (unavailable == null) {
      query.failed(doing, problem);
      return false;
    }
    long nowMillis = query.now().monotonicMillis();
    FailedCall call = failed.computeIfAbsent(caller, none -> new FailedCall(nowMillis));
    call.failures++;
    long elapsedMillis = nowMillis - call.firstMillis;
    long leftMillis = policy.giveUpAfter().toMillis() - elapsedMillis;
    if (leftMillis <= 0) {
      query.fail(
          "%s failed [%d] times in [%s], the last time with: %s"
              .formatted(doing, call.failures, Duration.ofMillis(elapsedMillis), problem.text()),
          problem.id());
      return false;
    }
    call.again = again;
    call.dueMillis = nowMillis + Math.min(policy.backoff(call.failures).toMillis(), leftMillis);
    outage = outage(unavailable, problem.text());
    effects.publish(new QueryNews.CallFailed(outage));
    effects.wakeAfter(millisUntilDue());
    query.considerRequests();
    return true;
  }

  private Outage outage(Unavailable unavailable, String text) {
    Now now = query.now();
    Outage before = outage;
    if (before == null) {
      firstMillis = now.monotonicMillis();
    }
    return new Outage(
        unavailable.description(),
        before == null ? Instant.ofEpochMilli(now.wallMillis()) : before.since(),
        before == null ? 1 : before.failures() + 1,
        Instant.ofEpochMilli(now.wallMillis() + millisUntilDue()),
        unavailable.error(),
        text);
  }

  /** Returns the time until the first call that waits is due; not positive if it is. */
  private long millisUntilDue() {
    return failed.values().stream()
            .filter(call -> call.again != null)
            .mapToLong(call -> call.dueMillis)
            .min()
            .orElseThrow()
        - query.now().monotonicMillis();
  }

  /** Makes the calls that are due. */
  void woken() {
    for (FailedCall call : new ArrayList<>(failed.values())) {
      if (call.again != null && call.dueMillis <= query.now().monotonicMillis()) {
        Runnable due = call.again;
        call.again = null;
        retries++;
        due.run();
      }
    }
    if (isWaiting()) {
      effects.wakeAfter(millisUntilDue());
    }
  }

  /** Notes that the call of a caller has succeeded. */
  void succeeded(int caller) {
    if (failed.remove(caller) != null && failed.isEmpty()) {
      long lastedMillis = query.now().monotonicMillis() - firstMillis;
      Outage over = Objects.requireNonNull(outage, "outage");
      outage = null;
      outageMillis += lastedMillis;
      effects.publish(new QueryNews.OutageEnded(over, Duration.ofMillis(lastedMillis)));
    }
  }

  /** Ends the wait: the query has ended. */
  void end() {
    failed.clear();
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
