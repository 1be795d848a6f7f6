package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.engine.pipeline.Plans.groups;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.Plans.Reading;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes visible of event times: late events, future events, figures. */
final class LateAndFutureTest {
  private static final long NOW = 10_000;
  private static final Watermark LATE = Watermark.of(1000);

  @Test
  void lateEvent_isKeptWithItsTimeAndTheWatermark() {
    Reading late = new Reading("a", 999L);

    RoutedEpoch routed = route(Optional.empty(), true, late, new Reading("a", 1000L));

    assertThat(routed.lateEvents())
        .containsExactly(
            new LateEvent(late, Instant.ofEpochMilli(999), Instant.ofEpochMilli(1000)));
    assertThat(routed.events()).isEqualTo(new EventCounts(1, 1, 0));
  }

  @Test
  void lateEvent_withoutLateOutput_isCountedOnly() {
    RoutedEpoch routed = route(Optional.empty(), false, new Reading("a", 999L));

    assertThat(routed.lateEvents()).isEmpty();
    assertThat(routed.events()).isEqualTo(new EventCounts(0, 1, 0));
  }

  @Test
  void futureEvent_isProcessed_butMovesNoWatermark() {
    RoutedEpoch routed =
        route(
            Optional.of(Duration.ofSeconds(5)),
            true,
            new Reading("a", 15_001L),
            new Reading("b", 15_000L),
            new Reading("c", 14_000L));

    assertThat(newestMillis(routed)).isEqualTo(15_000);
    assertThat(routed.eventTimes().future()).isOne();
    assertThat(routed.eventTimes().max()).contains(Instant.ofEpochMilli(15_001));
    assertThat(routed.events()).isEqualTo(new EventCounts(3, 0, 0));
  }

  @Test
  void onlyFutureEvents_moveNothing() {
    RoutedEpoch routed = route(Optional.of(Duration.ZERO), true, new Reading("a", NOW + 1));

    assertThat(routed.seen().get(0).newest()).isNull();
  }

  @Test
  void withoutBound_noEventIsAFutureEvent() {
    RoutedEpoch routed = route(Optional.empty(), true, new Reading("a", Long.MAX_VALUE / 2));

    assertThat(newestMillis(routed)).isEqualTo(Long.MAX_VALUE / 2);
    assertThat(routed.eventTimes().future()).isZero();
  }

  @Test
  void e01_stats_areThoseOfTheEpoch() {
    RoutedEpoch routed =
        route(
            Optional.empty(),
            true,
            new Reading("a", 10_000L),
            new Reading("a", 12_000L),
            new Reading("a", 14_000L),
            new Reading("a", null));

    assertThat(routed.eventTimes())
        .isEqualTo(new EventTimeStats(at(10_000), at(14_000), at(12_000), 0));
  }

  @Test
  void stats_withoutEventTimes_areNone() {
    assertThat(route(Optional.empty(), true, new Reading("a", null)).eventTimes())
        .isEqualTo(EventTimeStats.NONE);
  }

  private static Optional<Instant> at(long millis) {
    return Optional.of(Instant.ofEpochMilli(millis));
  }

  private static RoutedEpoch route(
      Optional<Duration> maxFutureSkew, boolean hasLateOutput, Reading... readings) {
    WatermarkStrategy strategy = WatermarkStrategy.delay(Duration.ZERO);
    Stage time = Plans.watermark(maxFutureSkew.map(strategy::maxFutureSkew).orElse(strategy));
    CompiledQuery query =
        QueryCompiler.compile(Plans.upstream(time, groups(EVENT_TIME)), hasLateOutput);
    EpochPlan plan =
        new EpochPlan(Plans.epoch(LATE).ranges(), new EpochTimes(2, NOW, Watermark.of(2000), LATE));
    EpochRouter router = new EpochRouter(query, List.of(TestCodecs.KEYS), 4, plan);
    for (int i = 0; i < readings.length; i++) {
      router.event(readings[i], 0, i);
    }
    return router.finish();
  }

  private static long newestMillis(RoutedEpoch routed) {
    NewestEventTime newest = routed.seen().get(0).newest();
    return newest == null ? Long.MIN_VALUE : newest.millis();
  }
}
