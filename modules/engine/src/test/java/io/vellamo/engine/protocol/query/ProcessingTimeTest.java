package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.protocol.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processing time of a clock that is set. */
final class ProcessingTimeTest {
  private static final long HOUR = 3_600_000;
  private static final long NONE = Long.MIN_VALUE;

  private final List<QueryNews> news = new ArrayList<>();
  private long wall = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private long monotonic = 77;

  @Test
  void clockThatIsNotSet_isFollowed() {
    ProcessingTime time = time(NONE);

    assertThat(time.millis(now())).isEqualTo(wall);
    pass(5);
    assertThat(time.millis(now())).isEqualTo(wall);
    assertThat(news).isEmpty();
  }

  @Test
  void clockThatIsSetBack_isNotWaitedFor_untilItCatchesUp() {
    ProcessingTime time = time(NONE);
    long before = time.millis(now());
    wall -= HOUR;
    pass(5_000);

    assertThat(time.millis(now())).isEqualTo(before + 5_000);
    assertThat(news)
        .singleElement()
        .isInstanceOfSatisfying(
            QueryNews.ClockBehind.class,
            behind -> assertThat(behind.ahead()).isEqualTo(Duration.ofHours(1)));

    pass(HOUR);
    assertThat(time.millis(now())).isEqualTo(before + HOUR + 5_000);

    wall += HOUR;
    pass(1);
    assertThat(time.millis(now())).isEqualTo(wall);
    assertThat(news).hasSize(2).last().isInstanceOf(QueryNews.ClockCaughtUp.class);
  }

  @Test
  void clockThatIsAdjustedALittle_isWaitedFor() {
    ProcessingTime time = time(NONE);
    long before = time.millis(now());
    wall -= 900;
    pass(100);

    assertThat(time.millis(now())).isEqualTo(before);
    pass(900);
    assertThat(time.millis(now())).isEqualTo(wall);
    assertThat(news).isEmpty();
  }

  @Test
  void clockThatSleptWithTheMachine_isFollowed() {
    ProcessingTime time = time(NONE);
    time.millis(now());
    wall += HOUR;

    assertThat(time.millis(now())).isEqualTo(wall);
    assertThat(news).isEmpty();
  }

  @Test
  void recordedTimeAheadOfTheClock_goesOnFromThere() {
    ProcessingTime time = time(wall + 24 * HOUR);
    pass(10);

    assertThat(time.millis(now())).isEqualTo(wall + 24 * HOUR);
    assertThat(news).singleElement().isInstanceOf(QueryNews.ClockBehind.class);
  }

  @Test
  void clockWithoutMonotonicTime_goesOnAfterItWasSetBack() {
    monotonic = wall;
    ProcessingTime time = time(NONE);
    long before = time.millis(now());
    wall -= HOUR;
    monotonic = wall;
    assertThat(time.millis(now())).isEqualTo(before);
    pass(5_000);

    assertThat(time.millis(now())).isEqualTo(before + 5_000);
  }

  @Test
  void momentAnyDistanceAhead_isCounted() {
    wall = -1;

    assertThat(time(NONE).millisUntil(Long.MAX_VALUE, now())).isEqualTo(Long.MAX_VALUE);
    assertThat(time(NONE).millisUntil(4L, now())).isEqualTo(5);
    assertThat(time(NONE).millisUntil(null, now())).isNull();
  }

  private ProcessingTime time(long recordedMillis) {
    return new ProcessingTime(news::add, recordedMillis, now());
  }

  private Now now() {
    return Now.ofMillis(wall, monotonic);
  }

  private void pass(long millis) {
    wall += millis;
    monotonic += millis;
  }
}
