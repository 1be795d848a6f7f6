package io.vellamo.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HealthClockTest {
  private static final Duration RECENT = Duration.ofMillis(300);
  private static final QueryNews ASKING = new QueryNews.Status("Getting offsets", false, true);
  private static final QueryNews WAITING =
      new QueryNews.Status("Waiting for trigger", false, false);

  private final HealthClock clock = new HealthClock(0);

  @Test
  void runThatOpens_isBusyFromItsBeginning_andThenFromItsFirstEpoch() {
    clock.take(new QueryNews.Status("Initializing sources", false, false), 10);
    assertThat(clock.busyFor(100)).isEqualTo(Duration.ofMillis(100));

    clock.take(ASKING, 150);
    assertThat(clock.busyFor(200)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void runThatAsksAgainAndAgain_andFindsNothing_isNotBusy() {
    for (long now = 100; now < 1_000; now += 100) {
      clock.take(ASKING, now);
      clock.take(new QueryNews.Idle(), now + 1);
      assertThat(clock.busyFor(now + 99)).isNull();
    }
    clock.take(ASKING, 1_000);
    clock.take(WAITING, 1_001);
    assertThat(clock.busyFor(5_000)).isNull();
  }

  @Test
  void commit_beginsTheTimeAgain_andAStatusWithoutOneDoesNot() {
    clock.take(ASKING, 100);
    clock.take(progress(true), 200);
    clock.take(ASKING, 250);

    assertThat(clock.busyFor(300)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void watermark_isHeldFromTheFirstEventsThatDoNotMoveIt_whileEventsArrive() {
    clock.take(progress(true), 100);
    clock.take(moved(7), 100);
    assertThat(clock.heldFor(150, RECENT)).isNull();

    clock.take(progress(true), 200);
    clock.take(moved(7), 200);
    clock.take(progress(true), 400);
    clock.take(moved(7), 400);
    clock.take(progress(false), 450);
    assertThat(clock.heldFor(500, RECENT)).isEqualTo(Duration.ofMillis(300));
    assertThat(clock.heldFor(700, RECENT)).as("no events lately").isNull();

    clock.take(progress(true), 750);
    clock.take(moved(8), 750);
    assertThat(clock.heldFor(760, RECENT)).isNull();
  }

  private static QueryNews moved(long second) {
    return new QueryNews.WatermarkMoved(
        new WatermarkReport(Optional.of(Instant.ofEpochSecond(second)), List.of()));
  }

  private static QueryNews progress(boolean hasEvents) {
    Optional<Instant> time = hasEvents ? Optional.of(Instant.EPOCH) : Optional.empty();
    return new QueryNews.Progress(
        new StreamingQueryProgress(
            new UUID(0, 1),
            new UUID(0, 2),
            "q",
            1,
            Instant.EPOCH,
            Duration.ZERO,
            EventCounts.NONE,
            EventCounts.NONE,
            Optional.empty(),
            new EventTimeStats(time, time, time, 0),
            new StateCounts(0, 0, 0, 0, 0, 0),
            List.of(),
            List.of(),
            "sink",
            Map.of(),
            0,
            0,
            EpochPhases.NONE));
  }
}
