package io.vellamo.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TriggerScheduleTest {
  @ParameterizedTest
  @CsvSource({"0, 100", "1, 100", "99, 100", "100, 200", "101, 200", "150, 200"})
  void q01_nextStart_isTheNextMultipleOfTheInterval(long started, long next) {
    assertThat(every(100).nextMillis(started)).isEqualTo(next);
  }

  @Test
  void q01_nextStart_before1970_isTheNextMultipleToo() {
    assertThat(every(100).nextMillis(-150)).isEqualTo(-100);
  }

  @Test
  void q01_overrun_isFollowedAtOnceAndAlignmentResumes() {
    TriggerSchedule schedule = every(1000);
    long endOfOverrun = 2000 + 1500;

    assertThat(schedule.nextMillis(2000)).isLessThan(endOfOverrun);
    assertThat(schedule.nextMillis(endOfOverrun)).isEqualTo(4000);
  }

  @Test
  void schedule_withoutInterval_startsAtOnce() {
    TriggerSchedule schedule = TriggerSchedule.of(Trigger.asap());

    assertThat(schedule.isTimed()).isFalse();
    assertThat(schedule.nextMillis(123)).isEqualTo(123);
  }

  @Test
  void schedule_withInterval_isTimed() {
    assertThat(every(2).isTimed()).isTrue();
  }

  private static TriggerSchedule every(long millis) {
    return TriggerSchedule.of(Trigger.processingTime(Duration.ofMillis(millis)));
  }

  @Test
  void schedule_withTheShortestInterval_isTimed() {
    TriggerSchedule schedule = TriggerSchedule.of(Trigger.processingTime(Duration.ofMillis(1)));

    assertThat(schedule.isTimed()).isTrue();
    assertThat(schedule.nextMillis(7)).isEqualTo(8);
  }
}
