package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The health of a query at a moment, and what impairs it.
 *
 * @param state the worst state of all problems; {@link State#HEALTHY} without problems
 * @param at the time of the check, by the query's clock
 * @param problems the problems, the worst first
 * @since 0.1
 */
public record QueryHealth(State state, Instant at, List<Problem> problems) implements JsonReport {
  /** Checks the components, and copies the problems. */
  public QueryHealth {
    requireNonNull(state, "state");
    requireNonNull(at, "at");
    problems = List.copyOf(problems);
  }

  /**
   * Returns whether the query makes progress, or has nothing to do.
   *
   * @return false if the state is {@link State#UNHEALTHY}
   */
  public boolean isReady() {
    return state != State.UNHEALTHY;
  }

  /** The states of a query, from the best to the worst. */
  public enum State {
    /** The query makes progress, or waits for input. */
    HEALTHY,
    /** The query makes progress, or has ended as it was meant to, but something needs attention. */
    DEGRADED,
    /** The query makes no progress, or has failed. */
    UNHEALTHY
  }

  /** Kinds of problems. */
  public enum Kind {
    /** The query has failed. */
    FAILED,
    /** The query was stopped, or has read everything under a trigger that ends it. */
    ENDED,
    /** A source or sink fails, and the query waits before it makes the call again. */
    OUTAGE,
    /** There is input, but no epoch has been committed for a long time. */
    NO_PROGRESS,
    /** Events arrive, but the watermark has not moved for a long time. */
    WATERMARK_HELD,
    /** Groups are parked, and their events wait. */
    PARKED_GROUPS
  }

  /**
   * One problem.
   *
   * @param kind its kind
   * @param state the state of the query because of it; not {@link State#HEALTHY}
   * @param since the beginning, as far as it is known
   * @param message a human-readable explanation that names the source, partition or call; without
   *     events, and with a key only if a call of the function for a group takes long
   */
  public record Problem(Kind kind, State state, Optional<Instant> since, String message)
      implements JsonReport {
    /** Checks the components. */
    public Problem {
      requireNonNull(kind, "kind");
      requireNonNull(state, "state");
      requireNonNull(since, "since");
      requireNonNull(message, "message");
    }
  }
}
