package io.vellamo.actors.local;

import io.vellamo.actors.calls.UserCalls.InProgress;
import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QueryCommand;
import io.vellamo.actors.shard.GivenUpGroups;
import io.vellamo.api.query.StreamingQueryException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a query as its parent sees it: it runs, it is ending, and then it has released
 * everything or is given up before that.
 *
 * <p>Once it is ending, no function is called any more. Calls under way have half of a timeout to
 * return; then their threads are interrupted, repeatedly. At the end of the timeout, calls that
 * have not returned are given up.
 *
 * <p><b>Threading</b> Used by the parent's actor only.
 */
final class QueryLife {
  private static final Logger LOG = LoggerFactory.getLogger(QueryLife.class);

  private final ActorRef<QueryCommand> coordinator;
  private final QueryMonitor monitor;
  private final QueryResources resources;
  private @Nullable Duration timeout;
  private long endsAtNanos;
  // Also read by the threads that close source and sinks.
  private volatile boolean hasInterrupted;
  private boolean isClosed;
  private boolean isGivenUp;

  QueryLife(ActorRef<QueryCommand> coordinator, QueryMonitor monitor, QueryResources resources) {
    this.coordinator = coordinator;
    this.monitor = monitor;
    this.resources = resources;
  }

  ActorRef<QueryCommand> coordinator() {
    return coordinator;
  }

  QueryMonitor monitor() {
    return monitor;
  }

  QueryResources resources() {
    return resources;
  }

  boolean isGivenUp() {
    return isGivenUp;
  }

  /**
   * Begins the end of the run; returns whether the timeout applies, as the first one does, and each
   * later one that ends earlier.
   */
  boolean ends(Duration within) {
    long at = resources.calls().nanoTime() + within.toNanos();
    if (timeout != null && at - endsAtNanos >= 0) {
      return false;
    }
    timeout = within;
    endsAtNanos = at;
    resources.calls().stop();
    resources.abandonReading();
    // A first look: the elapsed time of calls is counted from here.
    resources.calls().inProgress();
    return true;
  }

  boolean isEnding() {
    return timeout != null;
  }

  /** Returns whether a call was interrupted; what it throws then is no failure of the query. */
  boolean hasInterrupted() {
    return hasInterrupted;
  }

  /** Returns how long the calls under way still have until they are given up, at least zero. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, endsAtNanos - resources.calls().nanoTime()));
  }

  /** Returns how long these calls have until their threads are interrupted, at least zero. */
  Duration leftUntilInterrupts() {
    Duration half = Objects.requireNonNull(timeout, "timeout").dividedBy(2);
    Duration until = left().minus(half);
    return until.isNegative() ? Duration.ZERO : until;
  }

  /** Interrupts the calls that have been under way for at least {@code bound}. */
  void interrupt(Duration bound) {
    for (InProgress call : resources.calls().interrupt(bound)) {
      hasInterrupted = true;
      LOG.warn(
          "Query [{}] is ending, and {} has not returned; its thread is interrupted",
          monitor.name(),
          call);
    }
  }

  /** Notes that everything is released, except functions that still run. */
  void closed() {
    isClosed = true;
  }

  /** Returns whether nothing of the run is left. */
  boolean isOver() {
    return isClosed && resources.calls().areIdle();
  }

  /** Ends the run as seen from outside, although something of it is left. */
  void giveUp() {
    isGivenUp = true;
    List<InProgress> calls = resources.calls().inProgress();
    String blockers =
        calls.isEmpty()
            ? "its journal has not answered"
            : calls.stream().map(InProgress::toString).collect(Collectors.joining(" and "))
                + (calls.size() == 1 ? " has not returned" : " have not returned");
    String message =
        "Query [%s] could not end within [%s]: %s; it was given up, what was committed is safe, and the query can start again once everything has returned"
            .formatted(monitor.name(), timeout, blockers);
    LOG.error(message);
    monitor.givenUp(new StreamingQueryException(monitor.name(), 0, message, null), blockers);
    GivenUpGroups.letGo(Adapter.toClassic(coordinator));
  }

  /** Warns, once each, of calls that have lasted at least {@code bound}. */
  void warn(Duration bound, int functionThreads) {
    List<InProgress> overdue = resources.calls().overdue(bound);
    for (InProgress call : overdue) {
      LOG.warn(
          "Query [{}]: {} has not returned; nothing but this query waits for it",
          monitor.name(),
          call);
    }
    if (!overdue.isEmpty()) {
      long busy = resources.calls().functionsLongerThan(bound);
      if (busy >= functionThreads) {
        LOG.warn(
            "Query [{}]: all of its [{}] function threads have been in one call for [{}] or longer;"
                + " its other groups wait, let functions return sooner or give"
                + " vellamo.function-dispatcher more threads",
            monitor.name(),
            functionThreads,
            bound);
      }
    }
  }
}
