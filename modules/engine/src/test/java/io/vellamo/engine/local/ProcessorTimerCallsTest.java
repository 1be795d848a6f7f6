package io.vellamo.engine.local;

import static io.vellamo.engine.local.ProcessorShard.DUE;
import static io.vellamo.engine.local.ProcessorShard.IDLE;
import static io.vellamo.engine.local.ProcessorShard.VALUE;
import static io.vellamo.engine.local.ProcessorShard.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.process.Timer;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order and the effects of a processor's timer calls, and of those that throw. */
final class ProcessorTimerCallsTest {
  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void timers_fireAtTheirTime_inAscendingOrderOfBothClocks() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    shard.at(
        10,
        group -> {
          group.timers(DUE).set("late", at(30));
          group.timers(IDLE).setAfter(Duration.ofMillis(15));
          group.timers(DUE).set(at(20));
          group.timers(DUE).set("early", at(25));
          assertThat(group.timers(DUE).pending())
              .extracting(Timer::time)
              .containsExactly(at(20), at(25), at(30));
          assertThat(group.timers(DUE).time()).contains(at(20));
          assertThat(group.timers(DUE).time("late")).contains(at(30));
          assertThat(group.timers(IDLE).time("none")).isEmpty();
        });

    assertThat(shard.ran().reply().due()).isEqualTo(new NextDue(19L, 24L));
    assertThat(shard.at(19)).isEmpty();
    assertThat(shard.at(25)).containsExactly("due", "due early", "idle");
    assertThat(shard.at(30)).containsExactly("due late");
    assertThat(shard.ledger().groups()).isEmpty();
  }

  @Test
  void timerThatIsDueWhenItIsSet_firesAfterTheEvents() throws Exception {
    ProcessorShard shard = ProcessorShard.open();

    assertThat(
            shard.at(
                10,
                group -> {
                  group.timers(DUE).set(at(5));
                  group.emit("event");
                }))
        .containsExactly("event", "due");
  }

  @Test
  void timer_maySetItselfAgain_andFiresInTheNextEpoch() throws Exception {
    ProcessorShard shard =
        ProcessorShard.open()
            .onTimer(
                (timer, group) -> {
                  group.emit(describe(timer));
                  group.timers(DUE).set(timer.time());
                });
    shard.at(10, group -> group.timers(DUE).set(at(20)));

    assertThat(shard.at(20)).containsExactly("due");
    assertThat(shard.at(21)).containsExactly("due");
    // The end of time: otherwise the query would never stop.
    assertThat(shard.at(Watermark.END, 22)).containsExactly("due");
    assertThat(shard.at(Watermark.END, 23)).isEmpty();
  }

  @Test
  void timerThatIsCancelledOrSetAgain_doesNotFireInThisRound() throws Exception {
    ProcessorShard shard =
        ProcessorShard.open()
            .onTimer(
                (timer, group) -> {
                  group.emit(describe(timer));
                  group.timers(DUE).cancel("b");
                  group.timers(DUE).set("c", at(3));
                  group.timers(IDLE).cancelAll();
                  group.timers(IDLE).cancelAll();
                });
    shard.at(
        1,
        group -> {
          group.timers(DUE).set("a", at(2));
          group.timers(DUE).set("b", at(3));
          group.timers(DUE).set("c", at(3));
          group.timers(IDLE).set("d", at(4));
          group.timers(IDLE).setAfter("e", Duration.ofMillis(2));
          group.timers(IDLE).cancel();
          group.timers(DUE).cancel("missing");
        });

    assertThat(shard.at(9)).containsExactly("due a");
    assertThat(shard.at(9)).containsExactly("due c");
  }

  @Test
  void delays_mustNotBeNegativeOrTooLong() throws Exception {
    ProcessorShard.open()
        .at(
            1,
            group -> {
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> group.timers(IDLE).setAfter(Duration.ofMillis(-1)))
                  .withMessage("delay must not be negative, was [PT-0.001S]");
              assertThatIllegalArgumentException()
                  .isThrownBy(
                      () -> group.timers(IDLE).setAfter("t", Duration.ofSeconds(Long.MAX_VALUE)))
                  .withMessageContaining("delay must end before");
            });
  }

  @Test
  void timerThatThrows_failsTheEpoch_andIsLeftOutAloneUnderDeadLetter() throws Exception {
    ProcessorShard.OnTimer failing =
        (timer, group) -> {
          if (timer.tag().orElseThrow().equals("bad")) {
            throw new IllegalStateException("bad timer");
          }
          group.value(VALUE).update(1);
          group.emit(describe(timer));
        };
    ProcessorShard shard = ProcessorShard.open(ErrorPolicy.deadLetter()).onTimer(failing);
    shard.at(
        1,
        group -> {
          group.timers(DUE).set("a", at(2));
          group.timers(DUE).set("bad", at(3));
          group.timers(DUE).set("z", at(4));
        });

    assertThat(shard.at(9)).containsExactly("due a", "due z");
    assertThat(shard.ran().output().deadLetters()).hasSize(1);
    assertThat(shard.at(10)).isEmpty();
    ProcessorShard other = ProcessorShard.open().onTimer(failing);
    other.at(1, group -> group.timers(DUE).set("bad", at(2)));
    assertThatThrownBy(() -> other.at(5))
        .isInstanceOf(DirectShard.FailedEpoch.class)
        .hasMessageContaining("called for a timer");
  }

  @Test
  void eventThatThrows_isLeftOut_andTheOthersKeepTheirChanges() throws Exception {
    ProcessorShard shard = ProcessorShard.open(ErrorPolicy.deadLetter());

    assertThat(
            shard.at(
                5,
                group -> group.value(VALUE).update(1),
                group -> {
                  group.value(VALUE).update(99);
                  throw new IllegalStateException("bad event");
                },
                group -> {
                  group.timers(DUE).set(at(2));
                  group.emit("value " + group.value(VALUE).get());
                }))
        .containsExactly("value 1", "due");
  }

  @Test
  void parkedGroup_firesNoTimers() throws Exception {
    ProcessorShard shard = ProcessorShard.open(ErrorPolicy.park());
    shard.at(1, group -> group.timers(DUE).set(at(10)));
    shard.at(
        2,
        group -> {
          throw new IllegalStateException("bad event");
        });

    assertThat(shard.at(20)).isEmpty();
    assertThat(shard.ledger().parked().size()).isEqualTo(1);
    assertThat(shard.ledger().nextDue()).isEqualTo(NextDue.NEVER);
  }

  @Test
  void rowBehindTheWatermark_isRefusedWithBothTimes_unlessDeclared() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    shard.at(100);

    shard.at(
        200,
        group -> {
          group.emit("in time", at(100));
          assertThat(group.eventTime()).contains(at(200));
          assertThat(group.currentWatermark()).isEqualTo(at(200));
          assertThat(group.currentProcessingTime()).isEqualTo(at(200));
          assertThatIllegalArgumentException()
              .isThrownBy(() -> group.emit("late", at(99)))
              .withMessageContaining("1970-01-01T00:00:00.100Z")
              .withMessageContaining("was [1970-01-01T00:00:00.099Z]");
        });
    ProcessorShard behind = ProcessorShard.behind(Duration.ofMillis(50));
    behind.at(100);
    assertThat(
            behind.at(
                200,
                group -> {
                  group.emit("allowed", at(50));
                  assertThatIllegalArgumentException().isThrownBy(() -> group.emit("late", at(49)));
                }))
        .hasSize(1);
  }

  @Test
  void timers_areSetOnlyOnce() throws Exception {
    ProcessorShard shard = ProcessorShard.open();
    shard.at(1, group -> group.timers(IDLE).setAfter(Duration.ofMillis(5)));
    shard.at(4, group -> group.timers(IDLE).setAfter(Duration.ofMillis(5)));

    assertThat(List.of(shard.at(6), shard.at(9))).containsExactly(List.of(), List.of("idle"));
  }
}
