package io.vellamo.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.QueryHealth.State;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The observations of a run from its news. */
final class QueryObservationsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final QueryObservations observations =
      new QueryObservations(new HealthLimits(MINUTE, MINUTE), 0);

  @Test
  void lastNewsOfEachKind_isKept() {
    WatermarkReport watermark = new WatermarkReport(Optional.of(Instant.EPOCH), List.of());
    HotKeys hot = new HotKeys("visits", Instant.EPOCH, List.of(), List.of());

    assertThat(observations.watermark()).isEmpty();
    assertThat(observations.hotKeys()).isEmpty();
    assertThat(observations.shards()).isEmpty();
    observations.take(new QueryNews.WatermarkMoved(watermark), 1);
    observations.take(new QueryNews.HotKeysFound(List.of(hot)), 2);
    observations.take(new QueryNews.Idle(), 3);

    assertThat(observations.watermark()).contains(watermark);
    assertThat(observations.hotKeys()).containsExactly(hot);
  }

  @Test
  void runThatDoesNotEndToOpen_becomesUnhealthy_andOneThatIdles_doesNot() {
    assertThat(state(MINUTE.toMillis())).isEqualTo(State.UNHEALTHY);

    observations.take(new QueryNews.Idle(), 10);

    assertThat(state(2 * MINUTE.toMillis())).isEqualTo(State.HEALTHY);
  }

  private State state(long nowMillis) {
    return observations
        .health(
            new StreamingQueryStatus("Initializing query", false, false),
            false,
            Optional.empty(),
            Instant.EPOCH,
            nowMillis)
        .state();
  }
}
