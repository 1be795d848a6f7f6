package io.vellamo.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Outage;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.QueryHealth.Kind;
import io.vellamo.api.query.QueryHealth.Problem;
import io.vellamo.api.query.QueryHealth.State;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final HealthRules RULES =
      new HealthRules(new HealthLimits(MINUTE, MINUTE.multipliedBy(5)));
  private static final StreamingQueryStatus RUNNING =
      new StreamingQueryStatus("Processing new data; the function of [visits] runs", true, true);

  @Test
  void queryThatWaits_orIsBusyForLessThanTheBound_isHealthy() {
    assertThat(RULES.of(facts(RUNNING, null, null)))
        .isEqualTo(new QueryHealth(State.HEALTHY, NOW, List.of()));
    assertThat(RULES.of(facts(RUNNING, MINUTE.minusMillis(1), null)).isReady()).isTrue();
  }

  @Test
  void queryThatCommitsNothing_isUnhealthyFromTheBoundOn_andTellsWhatItDoes() {
    QueryHealth health = RULES.of(facts(RUNNING, MINUTE, null));

    assertThat(health.isReady()).isFalse();
    assertThat(health.problems())
        .containsExactly(
            new Problem(
                Kind.NO_PROGRESS,
                State.UNHEALTHY,
                Optional.of(NOW.minus(MINUTE)),
                "No epoch has been committed for [PT1M], although the query is not idle:"
                    + " Processing new data; the function of [visits] runs"));
  }

  @Test
  void outage_isNamed_andMakesTheQueryUnhealthyFromTheBoundOn() {
    QueryHealth begun = RULES.of(facts(outage(NOW.minusSeconds(59)), MINUTE, null));
    QueryHealth longer = RULES.of(facts(outage(NOW.minusSeconds(60)), MINUTE, null));

    assertThat(begun.state()).isEqualTo(State.DEGRADED);
    assertThat(longer.state()).isEqualTo(State.UNHEALTHY);
    assertThat(longer.problems()).extracting(Problem::kind).containsExactly(Kind.OUTAGE);
    assertThat(longer.problems().get(0).message())
        .isEqualTo(
            "[Webhook[a]] has failed [3] times, the last time with [java.io.IOException]; the next"
                + " call is at [2026-01-01T12:00:01Z]");
  }

  @Test
  void watermarkThatStands_isExplainedByTheSlowestPartition() {
    QueryHealth health = RULES.of(facts(RUNNING, null, Duration.ofMinutes(5)));

    assertThat(health.state()).isEqualTo(State.DEGRADED);
    assertThat(health.problems().get(0).kind()).isEqualTo(Kind.WATERMARK_HELD);
    assertThat(health.problems().get(0).message())
        .startsWith("Events arrive, and the watermark has not moved for [PT5M]: ")
        .contains("held back by partition [orders-3] at [2026-01-01T11:00:00Z]");
  }

  @Test
  void failure_comesBeforeEverythingElse() {
    StreamingQueryException why = new StreamingQueryException("q", 7, "Query [q] failed", null);
    HealthFacts failed =
        new HealthFacts(NOW, true, Optional.of(why), RUNNING, MINUTE, null, Optional.empty(), 3);

    assertThat(RULES.of(failed).problems())
        .containsExactly(
            new Problem(Kind.FAILED, State.UNHEALTHY, Optional.empty(), "Query [q] failed"));
  }

  @Test
  void end_andParkedGroups_degrade() {
    HealthFacts ended =
        new HealthFacts(NOW, true, Optional.empty(), RUNNING, MINUTE, null, Optional.empty(), 0);
    HealthFacts parked =
        new HealthFacts(NOW, false, Optional.empty(), RUNNING, null, null, Optional.empty(), 3);

    assertThat(RULES.of(ended).problems()).extracting(Problem::kind).containsExactly(Kind.ENDED);
    assertThat(RULES.of(ended).isReady()).isTrue();
    assertThat(RULES.of(parked).problems())
        .extracting(Problem::message)
        .containsExactly("[3] groups are parked; redrive or release them");
  }

  private static HealthFacts facts(
      StreamingQueryStatus status, @Nullable Duration busyFor, @Nullable Duration heldFor) {
    Input input =
        new Input(
            "Orders",
            Optional.of(NOW.minusSeconds(3_600)),
            Duration.ZERO,
            Optional.empty(),
            7,
            0,
            false,
            List.of(
                new Partition("orders-2", Optional.of(NOW), false),
                new Partition("orders-3", Optional.of(NOW.minusSeconds(3_600)), false)));
    WatermarkReport report = new WatermarkReport(input.watermark(), List.of(input));
    return new HealthFacts(
        NOW, false, Optional.empty(), status, busyFor, heldFor, Optional.of(report), 0);
  }

  private static StreamingQueryStatus outage(Instant since) {
    Outage outage =
        new Outage("Webhook[a]", since, 3, NOW.plusSeconds(1), "java.io.IOException", "refused");
    return new StreamingQueryStatus("Retrying", true, true, List.of(), Optional.of(outage));
  }
}
