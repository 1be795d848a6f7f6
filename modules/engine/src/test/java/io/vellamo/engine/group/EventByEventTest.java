package io.vellamo.engine.group;

import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.group.TestCodecs.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventByEventTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void events_thatThrow_areLeftOut_theOthersCountInOrder() throws Exception {
    StepOutcome outcome = run(GroupEntry.EMPTY, "a", "bad", "b", "bad", "c");

    assertThat(outcome.change().applyTo(GroupEntry.EMPTY)).isEqualTo(entry(3, null));
    assertThat(outcome.rows()).containsExactly("a1", "b2", "c3");
    assertThat(outcome.change().rows())
        .extracting(TestCodecs.ROWS::read)
        .containsExactly("a1", "b2", "c3");
    assertThat(outcome.failed()).extracting(FailedEvent::place).containsExactly(1, 3);
    assertThat(outcome.failed().get(0).cause()).hasMessage("bad");
    assertThat(calls).containsExactly("a", "bad", "b", "bad", "c");
  }

  @Test
  void event_thatThrowsAnErrorThatIsNoException_isLeftOutToo() throws Exception {
    StepOutcome outcome = run(GroupEntry.EMPTY, "a", "error", "b");

    assertThat(outcome.rows()).containsExactly("a1", "b2");
    assertThat(outcome.failed()).extracting(FailedEvent::place).containsExactly(1);
  }

  @Test
  void errorOfTheVirtualMachine_isNobodysButItsOwn() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> FunctionFailures.throwIfOfTheMachine(new OutOfMemoryError()));
    FunctionFailures.throwIfOfTheMachine(new StackOverflowError());
    FunctionFailures.throwIfOfTheMachine(new NoClassDefFoundError());
    FunctionFailures.throwIfOfTheMachine(new Error());
  }

  @Test
  void events_thatAllThrow_leaveTheGroupAsItWas() throws Exception {
    StepOutcome outcome = run(entry(7, null), "bad", "bad");

    assertThat(outcome.change().isNothing()).isTrue();
    assertThat(outcome.change().effect()).isEqualTo(Effect.NONE);
    assertThat(outcome.failed()).hasSize(2);
  }

  @Test
  void stateChangedInPlace_byACallThatThrows_isReadAnew() throws Exception {
    GroupBatch<Object> batch = batch("a", "bad", "b");
    GroupStep<String, String, Tally, String> step =
        step(
            TestCodecs.TALLIES,
            (key, events, state) -> {
              Tally tally = state.optional().orElse(new Tally(0));
              tally.value++;
              state.update(tally);
              requireGood(events.next());
              return List.<String>of().iterator();
            });

    StepOutcome outcome = EventByEvent.run(step, batch, GroupEntry.EMPTY, times(10, 0));

    assertThat(outcome.change().applyTo(GroupEntry.EMPTY)).isEqualTo(entry(2, null));
  }

  @Test
  void failure_thatIsNoEventsFault_passesThrough() {
    GroupStep<String, String, Integer, String> step =
        step(
            TestCodecs.NUMBERS,
            (key, events, state) -> {
              throw new SerializationException("S", "state can't be read", null);
            });

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> EventByEvent.run(step, batch("a"), GroupEntry.EMPTY, times(10, 0)));
  }

  @Test
  void failuresOfThePlatform_areNoEventsFault() {
    assertThat(FunctionFailures.mayBeOfTheEvent(new IllegalStateException())).isTrue();
    assertThat(FunctionFailures.mayBeOfTheEvent(new StackOverflowError())).isTrue();
    assertThat(FunctionFailures.mayBeOfTheEvent(new AssertionError())).isTrue();
    assertThat(FunctionFailures.mayBeOfTheEvent(new NoClassDefFoundError())).isFalse();
    assertThat(FunctionFailures.mayBeOfTheEvent(new InterruptedException())).isFalse();
    assertThat(FunctionFailures.mayBeOfTheEvent(new OutOfMemoryError())).isFalse();
    assertThat(FunctionFailures.mayBeOfTheEvent(new SerializationException("S", "class", null)))
        .isFalse();
    assertThat(FunctionFailures.mayBeOfTheEvent(SerializationException.ofValue("S", "one", null)))
        .isTrue();
  }

  /** Counts events and emits each with its count. */
  private StepOutcome run(GroupEntry before, String... events) throws Exception {
    GroupStep<String, String, Integer, String> step =
        step(
            TestCodecs.NUMBERS,
            (key, batch, state) -> {
              List<String> rows = new ArrayList<>();
              while (batch.hasNext()) {
                String event = batch.next();
                calls.add(event);
                state.update(state.optional().orElse(0) + 1);
                requireGood(event);
                rows.add(event + state.get());
              }
              return rows.iterator();
            });
    return EventByEvent.run(step, batch(events), before, times(10, 0));
  }

  private static void requireGood(String event) {
    if (event.equals("error")) {
      throw new Error("error");
    }
    if (event.equals("bad")) {
      throw new IllegalStateException("bad");
    }
  }

  private static GroupBatch<Object> batch(String... events) {
    GroupBatch<Object> batch = new GroupBatch<>(key("k"), "k");
    for (int i = 0; i < events.length; i++) {
      batch.add(events[i], 0, i);
    }
    return batch;
  }

  private static <S> GroupStep<String, String, S, String> step(
      StateCodec<S> codec, FlatMapGroupsWithStateFunction<String, String, S, String> function) {
    return new GroupStep<>(
        new GroupOperator<>(
            GroupStateTimeout.NONE,
            false,
            new FunctionOperator<>(function),
            TestCodecs.KEYS,
            codec,
            TestCodecs.ROWS));
  }
}
