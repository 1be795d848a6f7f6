package io.vellamo.engine.observe;

import io.vellamo.api.query.Outage;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.QueryHealth.Kind;
import io.vellamo.api.query.QueryHealth.Problem;
import io.vellamo.api.query.QueryHealth.State;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.WatermarkReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a query's health. */
public final class HealthRules {
  private final HealthLimits limits;

  /** Creates the rules with some bounds. */
  public HealthRules(HealthLimits limits) {
    this.limits = limits;
  }

  /** Returns the health that follows from some facts. */
  public QueryHealth of(HealthFacts facts) {
    List<Problem> problems = new ArrayList<>();
    StreamingQueryException failure = facts.failure().orElse(null);
    if (failure != null) {
      problems.add(
          new Problem(Kind.FAILED, State.UNHEALTHY, Optional.empty(), "" + failure.getMessage()));
    } else if (facts.isEnded()) {
      problems.add(
          new Problem(Kind.ENDED, State.DEGRADED, Optional.empty(), "The query has ended"));
    } else {
      addOfRun(facts, problems);
    }
    problems.sort(Comparator.comparing(Problem::state).reversed());
    State worst = problems.isEmpty() ? State.HEALTHY : problems.get(0).state();
    return new QueryHealth(worst, facts.at(), problems);
  }

  private void addOfRun(HealthFacts facts, List<Problem> problems) {
    Outage outage = facts.status().outage().orElse(null);
    if (outage != null) {
      problems.add(outage(outage, facts.at()));
    } else if (exceeds(facts.busyFor(), limits.noProgressAfter())) {
      problems.add(
          problem(
              Kind.NO_PROGRESS,
              State.UNHEALTHY,
              facts.at(),
              facts.busyFor(),
              "No epoch has been committed for [%s], although the query is not idle: %s"
                  .formatted(facts.busyFor(), facts.status().message())));
    }
    if (exceeds(facts.heldFor(), limits.watermarkHeldAfter())) {
      problems.add(
          problem(
              Kind.WATERMARK_HELD,
              State.DEGRADED,
              facts.at(),
              facts.heldFor(),
              "Events arrive, and the watermark has not moved for [%s]: %s"
                  .formatted(
                      facts.heldFor(),
                      facts.watermark().map(WatermarkReport::explanation).orElse("not known"))));
    }
    if (facts.parked() > 0) {
      problems.add(
          new Problem(
              Kind.PARKED_GROUPS,
              State.DEGRADED,
              Optional.empty(),
              "[%d] groups are parked; redrive or release them".formatted(facts.parked())));
    }
  }

  private Problem outage(Outage outage, Instant at) {
    Duration lasts = Duration.between(outage.since(), at);
    boolean isLong = exceeds(lasts, limits.noProgressAfter());
    return new Problem(
        Kind.OUTAGE,
        isLong ? State.UNHEALTHY : State.DEGRADED,
        Optional.of(outage.since()),
        "[%s] has failed [%d] times, the last time with [%s]; the next call is at [%s]"
            .formatted(
                outage.description(), outage.failures(), outage.error(), outage.nextAttempt()));
  }

  private static boolean exceeds(@Nullable Duration time, Duration limit) {
    return time != null && time.compareTo(limit) >= 0;
  }

  private static Problem problem(
      Kind kind, State state, Instant at, @Nullable Duration lasted, String message) {
    return new Problem(kind, state, Optional.ofNullable(lasted).map(at::minus), message);
  }
}
