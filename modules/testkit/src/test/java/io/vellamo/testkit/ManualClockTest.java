package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.QueryClock.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualClock clock = ManualClock.at(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasks_ofAMove_runInTheOrderOfTheirMoments() {
    clock.wakeAt(START.plusSeconds(2), () -> ran.add("second"));
    clock.wakeAt(START.plusSeconds(1), () -> ran.add("first"));
    clock.wakeAt(START.plusSeconds(2), () -> ran.add("third"));
    clock.wakeAt(START.plusSeconds(4), () -> ran.add("too early"));

    clock.advance(Duration.ofSeconds(3));

    assertThat(ran).containsExactly("first", "second", "third");
    assertThat(clock.waitingTasks()).isOne();
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void clock_whileATaskRuns_showsItsMoment() {
    List<Instant> seen = new ArrayList<>();
    clock.wakeAt(START.plusSeconds(1), () -> seen.add(clock.instant()));

    clock.set(START.plusSeconds(9));

    assertThat(seen).containsExactly(START.plusSeconds(1));
  }

  @Test
  void task_thatSchedulesAnother_isFollowedByItInTheSameMove() {
    clock.wakeAt(
        START.plusSeconds(1),
        () -> clock.wakeAt(clock.instant().plusSeconds(1), () -> ran.add("another")));

    clock.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("another");
  }

  @Test
  void wakeAt_presentOrPast_runsAtOnce() {
    clock.wakeAt(START, () -> ran.add("present"));
    clock.wakeAt(START.minusSeconds(1), () -> ran.add("past"));

    assertThat(ran).containsExactly("present", "past");
  }

  @Test
  void wakeUp_closed_neverRuns() {
    WakeUp wakeUp = clock.wakeAt(START.plusSeconds(1), () -> ran.add("cancelled"));
    wakeUp.close();
    wakeUp.close();

    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).isEmpty();
    assertThat(clock.waitingTasks()).isZero();
  }

  @Test
  void set_toThePast_movesBackAndRunsNothing() {
    clock.wakeAt(START.plusSeconds(1), () -> ran.add("later"));

    clock.set(START.minusSeconds(5));

    assertThat(ran).isEmpty();
    assertThat(clock.instant()).isEqualTo(START.minusSeconds(5));
  }

  @Test
  void task_waitsNoLonger_whenTheClockIsSetBack() {
    clock.wakeAt(START.plusSeconds(10), () -> ran.add("task"));
    clock.advance(Duration.ofSeconds(4));
    long before = clock.monotonicMillis();

    clock.set(START.minusSeconds(3600));
    assertThat(clock.monotonicMillis()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(5));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("task");
    assertThat(clock.monotonicMillis()).isEqualTo(before + 6_000);
  }

  @Test
  void wakeUp_closedAfterTheClockWasSetBack_neverRuns() {
    WakeUp wakeUp = clock.wakeAt(START.plusSeconds(1), () -> ran.add("cancelled"));
    clock.set(START.minusSeconds(5));
    wakeUp.close();

    clock.advance(Duration.ofSeconds(10));

    assertThat(ran).isEmpty();
  }

  @Test
  void advance_negative_isRefused() {
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration must not be negative, was [PT-1S]; use set to move the clock back");
  }

  @Test
  void task_thatThrows_stopsTheMoveAtItsMoment() {
    clock.wakeAt(
        START.plusSeconds(1),
        () -> {
          throw new IllegalStateException("task");
        });
    clock.wakeAt(START.plusSeconds(2), () -> ran.add("later"));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(5))).hasMessage("task");
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));

    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("later");
  }

  @Test
  void clock_movedByTwoThreads_runsEachTaskOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    for (int i = 1; i <= 1_000; i++) {
      clock.wakeAt(START.plusMillis(i), runs::incrementAndGet);
    }
    Runnable move =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(1));
          }
        };
    Thread first = new Thread(move);
    Thread second = new Thread(move);

    first.start();
    second.start();
    first.join();
    second.join();
    clock.set(START.plusSeconds(2));

    assertThat(runs).hasValue(1_000);
  }
}
