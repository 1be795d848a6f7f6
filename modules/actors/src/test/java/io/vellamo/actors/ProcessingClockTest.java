package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.QueryClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Processing time of a clock that is set. */
final class ProcessingClockTest {
  private static final long HOUR = 3_600_000;
  private static final long NONE = Long.MIN_VALUE;

  private final SetClock clock = new SetClock();
  private String note = "";

  @Test
  void clockThatIsNotSet_isFollowed() {
    ProcessingClock time = time(NONE);

    assertThat(time.millis()).isEqualTo(clock.wall);
    clock.pass(5);
    assertThat(time.millis()).isEqualTo(clock.wall);
    assertThat(note).isEmpty();
  }

  @Test
  void clockThatIsSetBack_isNotWaitedFor_untilItCatchesUp() {
    ProcessingClock time = time(NONE);
    long before = time.millis();
    clock.wall -= HOUR;
    clock.pass(5_000);

    assertThat(time.millis()).isEqualTo(before + 5_000);
    assertThat(note).isEqualTo("processing time is [PT1H] ahead of the clock");

    clock.pass(HOUR);
    assertThat(time.millis()).isEqualTo(before + HOUR + 5_000);

    clock.wall += HOUR;
    clock.pass(1);
    assertThat(time.millis()).isEqualTo(clock.wall);
    assertThat(note).isEmpty();
  }

  @Test
  void clockThatIsAdjustedALittle_isWaitedFor() {
    ProcessingClock time = time(NONE);
    long before = time.millis();
    clock.wall -= 900;
    clock.pass(100);

    assertThat(time.millis()).isEqualTo(before);
    clock.pass(900);
    assertThat(time.millis()).isEqualTo(clock.wall);
    assertThat(note).isEmpty();
  }

  @Test
  void clockThatSleptWithTheMachine_isFollowed() {
    ProcessingClock time = time(NONE);
    time.millis();
    clock.wall += HOUR;

    assertThat(time.millis()).isEqualTo(clock.wall);
    assertThat(note).isEmpty();
  }

  @Test
  void recordedTimeAheadOfTheClock_goesOnFromThere() {
    ProcessingClock time = time(clock.wall + 24 * HOUR);
    clock.pass(10);

    assertThat(time.millis()).isEqualTo(clock.wall + 24 * HOUR);
    assertThat(note).isEqualTo("processing time is [PT24H] ahead of the clock");
  }

  @Test
  void clockWithoutMonotonicTime_goesOnAfterItWasSetBack() {
    QueryClock plain =
        new QueryClock() {
          @Override
          public Instant instant() {
            return clock.instant();
          }

          @Override
          public WakeUp wakeAt(Instant moment, Runnable task) {
            return () -> {};
          }
        };
    ProcessingClock time = new ProcessingClock("q", plain, text -> note = text, NONE);
    long before = time.millis();
    clock.wall -= HOUR;
    assertThat(time.millis()).isEqualTo(before);
    clock.wall += 5_000;

    assertThat(time.millis()).isEqualTo(before + 5_000);
  }

  @Test
  void momentAnyDistanceAhead_isCounted() {
    clock.wall = -1;

    assertThat(time(NONE).millisUntil(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(time(NONE).millisUntil(4L)).isEqualTo(5);
    assertThat(time(NONE).millisUntil(null)).isNull();
  }

  private ProcessingClock time(long recordedMillis) {
    return new ProcessingClock("q", clock, text -> note = text, recordedMillis);
  }

  private static final class SetClock implements QueryClock {
    private long wall = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private long monotonic = 77;

    void pass(long millis) {
      wall += millis;
      monotonic += millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(wall);
    }

    @Override
    public long monotonicMillis() {
      return monotonic;
    }

    @Override
    public WakeUp wakeAt(Instant moment, Runnable task) {
      return () -> {};
    }
  }
}
