package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The verbs of a processor's script, and the faults that its modes find. */
final class ProcessorHarnessTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final ListVariable<String> RECENT =
      Variables.list("recent", String.class).expiresAfterWrite(Duration.ofMinutes(1));
  private static final MapVariable<String, Integer> WORDS =
      Variables.map("words", String.class, Integer.class);
  private static final ValueVariable<Samples> SAMPLES = Variables.value("samples", Samples.class);
  private static final EventTimer DUE = EventTimer.named("due");
  private static final ProcessingTimer SILENT = ProcessingTimer.named("silent");

  /** The orders of a customer, not yet paid. */
  record Order(String id, long cents) {}

  /** A value of a class without {@code equals}. */
  @SuppressWarnings("ArrayRecordComponent") // that is the point
  record Samples(int[] values) {}

  /** Counts words, remembers recent ones, and sets timers in both clocks. */
  private static class Words implements GroupProcessor<String, String, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(COUNT).use(RECENT).use(WORDS).use(SAMPLES).use(DUE).use(SILENT);
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
      while (events.hasNext()) {
        String word = events.next();
        group.value(COUNT).update(group.value(COUNT).orElse(0) + 1);
        group.list(RECENT).append(word);
        group.map(WORDS).merge(word, 1, Integer::sum);
        group.eventTime().ifPresent(time -> group.timers(DUE).set(word, time.plusSeconds(60)));
      }
      group.timers(SILENT).setAfter(Duration.ofMinutes(10));
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      if (timer.is(DUE)) {
        group.emit(key + " " + timer.tag().orElseThrow(), timer.time());
        return;
      }
      group.emit(key + " is silent");
      group.value(COUNT).remove();
      group.map(WORDS).clear();
    }
  }

  /** A processor whose events are handled by a function. */
  private static final class Calling extends Words {
    private final BiConsumer<String, GroupContext<String>> onEvent;

    Calling(BiConsumer<String, GroupContext<String>> onEvent) {
      this.onEvent = onEvent;
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
      events.forEachRemaining(event -> onEvent.accept(event, group));
    }
  }

  private static ProcessorHarness<String, String, String> words() {
    return ProcessorHarness.process(OutputMode.APPEND, new Words()).startAt(NOON);
  }

  private static ProcessorHarness<String, String, String> calling(
      BiConsumer<String, GroupContext<String>> onEvent) {
    return ProcessorHarness.process(OutputMode.APPEND, new Calling(onEvent)).startAt(NOON);
  }

  @Test
  void variablesAndTimers_areAsTheProcessorLeavesThem_inEveryMode() {
    words()
        .event("a", "x", NOON)
        .event("a", "y", NOON.plusSeconds(1))
        .event("b", "x", NOON)
        .event("a", "x", NOON.plusSeconds(2))
        .expectNoRows()
        .expectValue("a", COUNT, 3)
        .expectList("a", RECENT, "x", "y", "x")
        .expectMap("a", WORDS, Map.of("y", 1, "x", 2))
        .expectTimers("a", DUE, Map.of("y", NOON.plusSeconds(61), "x", NOON.plusSeconds(62)))
        .expectTimers("a", DUE, NOON.plusSeconds(62), NOON.plusSeconds(61))
        .expectTimers("a", SILENT, NOON.plusSeconds(600))
        .expectNoValue("c", COUNT)
        .expectTimers("c", SILENT)
        .advanceWatermark(NOON.plusSeconds(60))
        .expectRowAt("b x", NOON.plusSeconds(60))
        .expectNoRows()
        .advanceWatermark(NOON.plusSeconds(62))
        .expectRows("a x", "a y")
        .advanceProcessingTime(Duration.ofMinutes(1))
        .expectList("a", RECENT)
        .advanceProcessingTime(Duration.ofMinutes(9))
        .expectRows("a is silent", "b is silent")
        .expectNothingKept()
        .verify();
  }

  @Test
  void timerThatEventsSet_andIsDue_firesInTheSameEpoch_afterTheEvents() {
    calling(
            (event, group) -> {
              group.emit(event);
              group.timers(DUE).set(event, group.currentWatermark());
            })
        .advanceWatermark(NOON)
        .event("a", "1", NOON)
        .event("b", "2", NOON)
        .expectRowAt("a 1", NOON)
        .expectRows("1", "2", "b 2")
        .verify();
  }

  @Test
  void initialRows_areTakenBeforeTheFirstEvents() {
    InitialState<String, Order> orders =
        InitialState.of(
            Order.class,
            List.of(
                new KeyValue<>("a", new Order("1", 100)),
                new KeyValue<>("b", new Order("2", 200)),
                new KeyValue<>("a", new Order("3", 300))));
    InitialRowFunction<String, Order, String> open =
        (key, order, group) -> {
          group.map(WORDS).put(order.id(), (int) order.cents());
          group.timers(SILENT).set(NOON);
        };

    words()
        .given(orders, open)
        .event("a", "1")
        .expectMap("a", WORDS, Map.of("1", 101, "3", 300))
        .expectRows("b is silent")
        .expectNoValue("b", COUNT)
        .expectValue("a", COUNT, 1)
        .verify();
  }

  @Test
  void initialRows_ofGroupsWithoutEvents_areTaken() {
    words()
        .given(
            InitialState.of(Order.class, Map.of("a", new Order("1", 100))),
            (key, order, group) -> group.map(WORDS).put(order.id(), (int) order.cents()))
        .event("b", "x")
        .expectMap("a", WORDS, Map.of("1", 100))
        .verify();
  }

  @Test
  void valuesWithoutEquals_areComparedAsWritten() {
    calling((event, group) -> group.value(SAMPLES).update(new Samples(new int[] {1, 2})))
        .event("a", "x")
        .expectValue("a", SAMPLES, new Samples(new int[] {1, 2}))
        .verify();
  }

  @Test
  void unmetExpectation_saysWhatWasFound() {
    assertThatThrownBy(() -> words().event("a", "x").expectValue("a", COUNT, 2).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 expectValue(a, count)]: [count] of group [a] must be"
                + " [2], was [1]");
    assertThatThrownBy(() -> words().event("a", "x").expectMap("a", WORDS, Map.of("x", 2)).verify())
        .hasMessageEndingWith("[words] of group [a] must be [{x=2}], was [{x=1}]");
    assertThatThrownBy(() -> words().event("a", "x").expectList("a", RECENT, "y").verify())
        .hasMessageEndingWith("[recent] of group [a] must be [[y]], was [[x]]");
    assertThatThrownBy(() -> words().event("a", "x").expectTimers("a", SILENT).verify())
        .hasMessageEndingWith(
            "times of the timers [silent] of group [a] must be [[]], was [[2026-01-01T12:10:00Z]]");
    assertThatThrownBy(
            () -> words().event("a", "x", NOON).expectTimers("a", DUE, Map.of()).verify())
        .hasMessageEndingWith("must be [[]], was [[x at 2026-01-01T12:01:00Z]]");
    assertThatThrownBy(() -> words().event("a", "x").expectNothingKept().verify())
        .hasMessageContaining(
            "such as [a] with [count 1, recent [x], words {x=1}, silent [at"
                + " 2026-01-01T12:10:00Z]]");
    assertThatThrownBy(
            () ->
                calling((event, group) -> group.emit(event, NOON))
                    .event("a", "x", NOON)
                    .expectRowAt("x", NOON.plusSeconds(1))
                    .verify())
        .hasMessageEndingWith(
            "rows must contain [x at 2026-01-01T12:00:01Z], were [x at 2026-01-01T12:00:00Z]");
  }

  @Test
  void undeclaredVariable_isRefused() {
    ValueVariable<String> other = Variables.value("other", String.class);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> words().expectNoValue("a", other).verify())
        .withMessageStartingWith("variable [other] must be declared");
  }

  @Test
  void valueChangedInPlace_withoutWritingIt_isCaught() {
    BiConsumer<String, GroupContext<String>> changes =
        (event, group) -> {
          if (group.value(SAMPLES).exists()) {
            group.value(SAMPLES).get().values()[0]++;
          } else {
            group.value(SAMPLES).update(new Samples(new int[1]));
          }
        };

    assertThatThrownBy(() -> calling(changes).event("a", "x").endEpoch().event("a", "y").verify())
        .hasMessage(
            "Mode [AS_WRITTEN], step [3 event(a)]: the variable [samples] must be changed by its"
                + " methods only, group [a] has changed it in place, which is never kept; write it"
                + " back, or work on a copy");
    assertThatCode(
            () ->
                calling(changes)
                    .event("a", "x")
                    .endEpoch()
                    .event("a", "y")
                    .exceptMode(HarnessMode.STATE_KEPT, "means to")
                    .exceptMode(HarnessMode.ONE_BY_ONE, "means to")
                    .verify())
        .doesNotThrowAnyException();
  }

  @Test
  void staticCounter_isCaughtByAgain() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                calling((event, group) -> group.value(COUNT).update(calls.incrementAndGet()))
                    .event("a", "x")
                    .verify())
        .hasMessageStartingWith(
            "Mode [AGAIN], step [1 event(a)]: variables and timers of group [a] must be as"
                + " written, [count 1], were [count 2]");
  }

  @Test
  void resultThatDependsOnTheNumberOfCalls_isCaughtByOneByOne() {
    GroupProcessor<String, String, String> perCall =
        new Words() {
          @Override
          public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {
            events.forEachRemaining(event -> {});
            group.list(RECENT).append("call");
          }
        };

    assertThatThrownBy(
            () ->
                ProcessorHarness.process(OutputMode.APPEND, perCall)
                    .event("a", "x")
                    .event("a", "y")
                    .verify())
        .hasMessageStartingWith(
            "Mode [ONE_BY_ONE], step [2 event(a)]: variables and timers of group [a] must be as"
                + " written, [recent [call]], were [recent [call, call]]");
  }

  @Test
  void eventTime_isKnownInEveryMode() {
    calling((event, group) -> group.emit(event, group.eventTime().orElseThrow()))
        .event("a", "x", NOON)
        .expectRowAt("x", NOON)
        .verify();
  }

  @Test
  void given_afterAnEvent_orTwice_isRefused() {
    InitialState<String, Order> orders = InitialState.of(Order.class, Map.of());
    InitialRowFunction<String, Order, String> none = (key, order, group) -> {};

    assertThatIllegalStateException()
        .isThrownBy(() -> words().event("a", "x").given(orders, none))
        .withMessageStartingWith("given must stand before all events and clocks");
    assertThatIllegalStateException()
        .isThrownBy(() -> words().given(orders, none).given(orders, none))
        .withMessage("given must be called once, was called twice; pass all initial rows together");
  }

  @Test
  void completeMode_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessorHarness.process(OutputMode.COMPLETE, new Words()))
        .withMessageStartingWith("mode must be APPEND or UPDATE, was [COMPLETE]");
  }
}
