package io.vellamo.connectors.process;

import static io.vellamo.connectors.process.ProcessorRun.byKey;
import static io.vellamo.connectors.process.ProcessorRun.second;
import static io.vellamo.connectors.process.ProcessorRun.seconds;
import static io.vellamo.connectors.process.ProcessorRun.start;
import static io.vellamo.connectors.process.ProcessorRun.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When timers fire, and in which epoch. */
final class ProcessorTimersTest {
  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final ValueVariable<Integer> SHORT =
      Variables.value("short", Integer.class).expiresAfterWriteInEventTime(seconds(1));
  private static final ProcessingTimer CLOCK = ProcessingTimer.named("clock");
  private static final EventTimer EVENT = EventTimer.named("event");

  @Test
  void bothClocks_inOneProcessor_fireEachByItsOwn() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            Functions.<Input>of()
                .with(CLOCK, EVENT)
                .onEach(
                    (event, group) -> {
                      if (event.key().equals("a")) {
                        group.timers(CLOCK).setAfter(seconds(10));
                        group.timers(EVENT).set(event.time().plusSeconds(10));
                      }
                    })
                .onTimers((key, timer, group) -> group.emit(key + " " + shown(timer))));

    query.add(Input.at("a", 100)).expectNoRows().expectGroups(1);
    query.advance(seconds(10)).expectRows("a clock@10").expectGroups(1).restart();
    query.add(Input.at("b", 109)).expectNoRows();
    query.add(Input.at("b", 110)).expectRows("a event@110").expectGroups(0).close();
  }

  @Test
  void timers_ofBothClocks_dueInOneEpoch_fireInOrderOfTime() {
    List<String> fired = new ArrayList<>();
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            Functions.<Input>of()
                .with(CLOCK, EVENT)
                .onEach(
                    (event, group) -> {
                      group.timers(CLOCK).set("c", second(3));
                      group.timers(EVENT).set("d", second(4));
                      group.timers(CLOCK).set("e", second(5));
                      group.timers(EVENT).set("a", second(1));
                      group.timers(EVENT).set("b", second(2));
                    })
                .onTimers((key, timer, group) -> fired.add(timer.tag().orElseThrow())));

    query.advance(seconds(100)).add(Input.at("b", 100));
    fired.clear();
    query.add(Input.at("a", 100));

    assertThat(fired).containsExactly("a", "b", "c", "d", "e");
    query.close();
  }

  /** In Spark, a timer that is registered again in its own handler is lost. */
  @Test
  void timer_setAgainInItsOwnCall_firesAgain() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(COUNT)
                .with(CLOCK)
                .onEach((event, group) -> group.timers(CLOCK).setAfter(seconds(5)))
                .onTimers(
                    (key, timer, group) -> {
                      assertThat(group.timers(CLOCK).time()).isEmpty();
                      group.emit(shown(timer) + " at " + now(group));
                      if (timer.time().equals(second(5)) && !group.value(COUNT).exists()) {
                        group.value(COUNT).update(1);
                        group.timers(CLOCK).set(timer.time());
                      } else if (timer.time().equals(second(5))) {
                        group.timers(CLOCK).setAfter(seconds(5));
                      }
                    }));

    query.add(Input.at("a", 0)).advance(seconds(5));
    query.expectRows("clock@5 at 5", "clock@5 at 5").restart().advance(seconds(5));
    query.expectRows("clock@10 at 10").close();
  }

  /** In Spark, the cancelled timer fires nevertheless. */
  @Test
  void timer_cancelledInTheSameRound_doesNotFire() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(CLOCK)
                .onEach(
                    (event, group) -> {
                      for (int i = 1; i <= 4; i++) {
                        group.timers(CLOCK).setAfter("" + i, seconds(i));
                      }
                    })
                .onTimers(
                    (key, timer, group) -> {
                      group.emit(timer.tag().orElseThrow() + " at " + now(group));
                      if (timer.tag().orElseThrow().equals("1")) {
                        group.timers(CLOCK).cancel("2");
                        group.timers(CLOCK).setAfter("3", seconds(1));
                      }
                    }));

    query.add(Input.at("a", 0)).stop().advance(seconds(5)).resume();
    query.expectRows("1 at 5", "4 at 5").restart().advance(seconds(1)).expectRows("3 at 6");
    query.expectGroups(0).close();
  }

  @Test
  void timer_setDueByAnEvent_firesInTheSameEpoch() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(CLOCK)
                .onEach((event, group) -> group.timers(CLOCK).setAfter(seconds(0)))
                .onTimers((key, timer, group) -> group.emit(shown(timer))));

    query.advance(seconds(3)).add(Input.at("a", 0)).expectRows("clock@3").expectGroups(0);

    assertThat(query.query().recentProgress()).hasSize(1);
    // A group that comes and goes within an epoch counts as removed.
    query.expectChanges(0, 1).close();
  }

  @Test
  void timer_setDueByATimer_firesInTheNextEpoch_whichStartsAtOnce() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of(COUNT)
                .with(CLOCK)
                .onEach((event, group) -> group.timers(CLOCK).setAfter(seconds(0)))
                .onTimers(ProcessorTimersTest::again));

    query.add(Input.at("a", 0)).expectRows("1", "2", "3");

    assertThat(query.query().recentProgress())
        .extracting(report -> report.rows())
        .containsExactly(1L, 1L, 1L);
    query.close();
  }

  @Test
  void timerInEventTime_setDueByATimer_firesInTheNextEpoch_whichStartsAtOnce() {
    StreamingQueryHarness<Input, String> query =
        start(
            seconds(0),
            Functions.<Input>of(COUNT)
                .with(EVENT)
                .onEach((event, group) -> group.timers(EVENT).set(second(0)))
                .onTimers(
                    (key, timer, group) -> {
                      int count = group.value(COUNT).orElse(0) + 1;
                      group.value(COUNT).update(count);
                      group.emit("" + count);
                      if (count < 3) {
                        group.timers(EVENT).set(second(-count));
                      }
                    }));

    query.add(Input.at("a", 7)).expectRows("1", "2", "3").close();
  }

  private static void again(String key, Timer timer, GroupContext<String> group) {
    int count = group.value(COUNT).orElse(0) + 1;
    group.value(COUNT).update(count);
    group.emit("" + count);
    if (count < 3) {
      group.timers(CLOCK).setAfter(seconds(0));
    }
  }

  @Test
  void pending_isInOrderOfTime_withoutTheTimerThatFires() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(CLOCK)
                .onEach(
                    (event, group) -> {
                      group.timers(CLOCK).setAfter("c", seconds(3));
                      group.timers(CLOCK).setAfter(seconds(2));
                      group.timers(CLOCK).setAfter("", seconds(1));
                      group.timers(CLOCK).setAfter("d", seconds(9));
                      group.timers(CLOCK).setAfter("d", seconds(4));
                      group.emit(pending(group));
                    })
                .onTimers(
                    (key, timer, group) -> {
                      group.emit(pending(group));
                      group.timers(CLOCK).cancelAll();
                    }));

    query.add(Input.at("a", 0)).expectRows("[Optional[]@1, none@2, Optional[c]@3, Optional[d]@4]");
    query.restart().advance(seconds(1)).expectRows("[none@2, Optional[c]@3, Optional[d]@4]");
    query.expectGroups(0).advance(seconds(10)).expectNoRows().close();
  }

  private static String pending(GroupContext<String> group) {
    return group.timers(CLOCK).pending().stream()
        .map(each -> (each.tag().isEmpty() ? "none" : each.tag()) + "@" + at(each))
        .toList()
        .toString();
  }

  @Test
  void time_ofATimer_isItsLastOne() {
    StreamingQueryHarness<Input, String> query =
        start(
            Functions.<Input>of()
                .with(CLOCK)
                .onEach(
                    (event, group) -> {
                      group.timers(CLOCK).set("x", Instant.ofEpochSecond(5, 1_999_999));
                      group.timers(CLOCK).set("x", Instant.ofEpochSecond(6, 1_999_999));
                      assertThat(group.timers(CLOCK).time("x"))
                          .contains(Instant.ofEpochMilli(6_001));
                      assertThat(group.timers(CLOCK).time()).isEmpty();
                      group.timers(CLOCK).cancel();
                      assertThatThrownBy(() -> group.timers(CLOCK).set(Instant.MAX))
                          .isInstanceOf(IllegalArgumentException.class);
                      assertThatThrownBy(() -> group.timers(CLOCK).setAfter(seconds(-1)))
                          .hasMessage("delay must not be negative, was [PT-1S]");
                    })
                .onTimers((key, timer, group) -> group.emit("" + timer.time().toEpochMilli())));

    query.add(Input.at("a", 0)).advance(seconds(6)).expectNoRows();
    query.advance(Duration.ofMillis(1)).expectRows("6001").close();
  }

  @Test
  void drain_firesTimersInEventTime_andOnlyThose() {
    AtomicReference<Trigger> trigger = new AtomicReference<>(Trigger.asap());
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(10))
                    .process(
                        OutputMode.APPEND,
                        Functions.<Input>of(SHORT)
                            .with(CLOCK, EVENT)
                            .onEach(
                                (event, group) -> {
                                  group.value(SHORT).update(7);
                                  group.timers(CLOCK).setAfter(seconds(50));
                                  group.timers(EVENT).set("far", second(5_000));
                                  group.timers(EVENT).set("near", second(500));
                                })
                            .onTimers(
                                (key, timer, group) -> {
                                  group.emit(shown(timer) + " " + group.value(SHORT).exists());
                                  group.timers(EVENT).set("again", second(9_000));
                                })),
            builder -> builder.trigger(trigger.get()));
    query.add(Input.at("a", 100)).expectNoRows();
    trigger.set(Trigger.drain());

    query.restart().expectEnded();
    query.expectRows("event@500 true", "event@5000 true").expectGroups(1);
    // After the end of event time, all that expires in event time has expired.
    query.restartAfter(seconds(50)).expectRows("clock@50 false").close();
  }

  @Test
  void droppedTimerName_doesNotKeepTheQueryAwake() {
    AtomicReference<Functions<Input>> processor =
        new AtomicReference<>(
            Functions.<Input>of(COUNT)
                .with(CLOCK)
                .onEach(
                    (event, group) -> {
                      group.value(COUNT).update(1);
                      group.timers(CLOCK).setAfter(seconds(5));
                    }));
    StreamingQueryHarness<Input, String> query =
        start(inputs -> byKey(inputs).process(OutputMode.APPEND, processor.get()));
    query.add(Input.at("a", 0));
    processor.set(
        Functions.<Input>of(COUNT)
            .onEach((event, group) -> group.emit("" + group.value(COUNT).exists())));

    query.restart().advance(seconds(10)).expectNoRows();

    assertThat(query.query().recentProgress()).hasSizeLessThanOrEqualTo(1);
    query.advance(seconds(10)).add(Input.at("a", 0)).expectRows("true").expectGroups(1).close();
  }

  @Test
  void timerNameThatIsDroppedAndUsedAgain_hasNoTimers() {
    AtomicReference<Functions<Input>> processor = new AtomicReference<>(withClock());
    StreamingQueryHarness<Input, String> query =
        start(inputs -> byKey(inputs).process(OutputMode.APPEND, processor.get()));
    query.add(Input.of("a", "set")).expectRows("5").stop();
    processor.set(Functions.of(COUNT));
    query.resume().stop();
    processor.set(withClock());

    query.resume().add(Input.of("a", "")).expectRows("none").advance(seconds(10)).expectNoRows();
    query.add(Input.of("a", "set")).expectRows("15").advance(seconds(5));
    query.expectRows("clock@15").close();
  }

  private static Functions<Input> withClock() {
    return Functions.<Input>of(COUNT)
        .with(CLOCK)
        .onEach(
            (event, group) -> {
              if (event.text().equals("set")) {
                group.timers(CLOCK).set(second(now(group) + 5));
                group.value(COUNT).update(1);
              }
              group.emit(shown(group.timers(CLOCK).time().orElse(null)));
            })
        .onTimers((key, timer, group) -> group.emit(shown(timer)));
  }

  @Test
  void eventTime_inGroupsWithAState_isThatOfTheEventReadLast() {
    StreamingQueryHarness<Input, String> query =
        start(
            inputs ->
                timed(inputs, seconds(10))
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.EVENT_TIME,
                        Integer.class,
                        (key, events, state) -> {
                          List<String> rows = new ArrayList<>();
                          rows.add(shown(state.eventTime().orElse(null)));
                          while (events.hasNext()) {
                            events.next();
                            rows.add(shown(state.eventTime().orElse(null)));
                          }
                          if (!state.hasTimedOut()) {
                            state.setTimeoutTimestamp(second(20));
                          }
                          return rows.iterator();
                        }));

    query.add(Input.at("a", 11), Input.at("a", 13)).expectRows("11", "11", "13");
    query.add(Input.at("b", 31)).expectRows("31", "31", "none", "none").close();
  }

  @Test
  void eventTime_withoutAWatermark_isEmpty() {
    StreamingQueryHarness<Input, String> query =
        start(
            (EventStream<Input> inputs) ->
                byKey(inputs)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (key, events, state) -> {
                          events.next();
                          return List.of(shown(state.eventTime().orElse(null))).iterator();
                        }));

    query.add(Input.at("a", 11)).expectRows("none").close();
  }

  private static String shown(Instant time) {
    return time == null ? "none" : "" + time.getEpochSecond();
  }

  private static String shown(Timer timer) {
    return timer.name().name() + "@" + at(timer);
  }

  private static long at(Timer timer) {
    return timer.time().getEpochSecond();
  }

  private static long now(GroupContext<String> group) {
    return group.currentProcessingTime().getEpochSecond();
  }
}
