package io.vellamo.engine.group;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.vellamo.api.group.GroupState;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.TestCodecs.Tally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class GroupStepTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  // The table of section 1.2, with departure D4: no empty entries.

  @Test
  void effect_nothingDone_isNone() throws Exception {
    GroupChange change = GroupCall.of(NONE).with(entry(5, null)).change(state -> {});

    assertThat(change.effect()).isEqualTo(Effect.NONE);
    assertThat(change.isNothing()).isTrue();
  }

  @Test
  void effect_timeoutCleared_keepsState() throws Exception {
    GroupCall<Integer> call = GroupCall.of(PROCESSING_TIME).with(entry(5, 6000L));

    GroupChange change = call.change(state -> {});

    assertThat(change.effect()).isEqualTo(Effect.TIMEOUT);
    assertThat(change.applyTo(call.before())).isEqualTo(entry(5, null));
  }

  @Test
  void effect_sameTimeoutSetAgain_isNone() throws Exception {
    GroupChange change =
        GroupCall.of(PROCESSING_TIME)
            .with(entry(5, 6000L))
            .change(state -> state.setTimeoutDuration(FIVE_SECONDS));

    assertThat(change.effect()).isEqualTo(Effect.NONE);
  }

  @Test
  void effect_otherTimeoutSet_writesNoState() throws Exception {
    GroupChange change =
        GroupCall.of(PROCESSING_TIME)
            .with(entry(5, 1500L))
            .change(state -> state.setTimeoutDuration(FIVE_SECONDS));

    assertThat(change.effect()).isEqualTo(Effect.TIMEOUT);
    assertThat(change.state()).isNull();
  }

  @Test
  void effect_removeOfAbsentState_isRemoved() throws Exception {
    GroupChange change = GroupCall.of(NONE).change(GroupState::remove);

    assertThat(change.effect()).isEqualTo(Effect.REMOVED);
    assertThat(change.isNothing()).isFalse();
  }

  @Test
  void effect_timeoutBeforeRemove_staysWithoutState() throws Exception {
    GroupChange change =
        GroupCall.of(PROCESSING_TIME)
            .with(entry(5, null))
            .change(
                state -> {
                  state.setTimeoutDuration(FIVE_SECONDS);
                  state.remove();
                });

    assertThat(change.effect()).isEqualTo(Effect.TIMEOUT_WITHOUT_STATE);
  }

  @Test
  void effect_timeoutOnly_staysWithoutState() throws Exception {
    GroupChange change =
        GroupCall.of(PROCESSING_TIME).change(state -> state.setTimeoutDuration(FIVE_SECONDS));

    assertThat(change.effect()).isEqualTo(Effect.TIMEOUT_WITHOUT_STATE);
  }

  @Test
  void d4_timeoutCallThatDoesNothing_leavesNothingBehind() throws Exception {
    GroupCall<Integer> call = GroupCall.of(PROCESSING_TIME).with(entry(null, 999L));

    GroupChange change = call.timeoutChange(state -> {});

    assertThat(change.effect()).isEqualTo(Effect.REMOVED);
    assertThat(change.applyTo(call.before()).isEmpty()).isTrue();
  }

  // Departure D5: a value changed in place without update is never kept.

  @Test
  void d5_changeInPlace_withoutUpdate_isNotKept() throws Exception {
    GroupEntry after =
        GroupCall.of(NONE, TestCodecs.TALLIES)
            .with(entry(5, null))
            .after(state -> state.get().value = 6);

    assertThat(after).isEqualTo(entry(5, null));
  }

  @Test
  void d5_changeInPlace_withClearedTimeout_isNotKept() throws Exception {
    GroupEntry after =
        GroupCall.of(PROCESSING_TIME, TestCodecs.TALLIES)
            .with(entry(5, 1500L))
            .after(state -> state.get().value = 6);

    assertThat(after).isEqualTo(entry(5, null));
  }

  @Test
  void d5_changeInPlace_ofLiveValue_isNotKept() throws Exception {
    GroupEntry after =
        GroupCall.of(PROCESSING_TIME, TestCodecs.TALLIES)
            .with(entry(5, 1500L))
            .withLive(new Tally(5))
            .after(
                state -> {
                  state.get().value = 6;
                  state.setTimeoutDuration(FIVE_SECONDS);
                });

    assertThat(after).isEqualTo(entry(5, 6000L));
  }

  @Test
  void d5_mutableState_isNeverHandedToTheNextCall() throws Exception {
    StepOutcome outcome =
        GroupCall.of(NONE, TestCodecs.TALLIES)
            .with(entry(5, null))
            .events((key, events, state) -> rows("r" + state.get().value));

    assertThat(outcome.live()).isNull();
  }

  @Test
  void d5_changeInPlace_withUpdate_isKept() throws Exception {
    GroupEntry after =
        GroupCall.of(NONE, TestCodecs.TALLIES)
            .with(entry(5, null))
            .after(
                state -> {
                  Tally tally = state.get();
                  tally.value = 6;
                  state.update(tally);
                });

    assertThat(after).isEqualTo(entry(6, null));
  }

  @Test
  void live_immutableState_isHandedToTheNextCall() throws Exception {
    StepOutcome outcome =
        GroupCall.of(NONE)
            .events(
                (key, events, state) -> {
                  state.update(7);
                  return rows();
                });

    assertThat(outcome.live()).isEqualTo(7);
  }

  @Test
  void live_afterRemove_isGone() throws Exception {
    StepOutcome outcome =
        GroupCall.of(NONE)
            .with(entry(5, null))
            .withLive(5)
            .events(
                (key, events, state) -> {
                  state.remove();
                  return rows();
                });

    assertThat(outcome.live()).isNull();
  }

  @Test
  void live_givenValue_isNotReadAnew() throws Exception {
    Integer live = Integer.valueOf(12_345);

    GroupCall.of(NONE)
        .with(entry(12_345, null))
        .withLive(live)
        .change(state -> assertThat(state.get()).isSameAs(live));
  }

  @Test
  void get_twice_isReadOnce() throws Exception {
    GroupCall.of(NONE, TestCodecs.TALLIES)
        .with(entry(5, null))
        .change(state -> assertThat(state.get()).isSameAs(state.get()));
  }

  // Rows.

  @Test
  void rows_areEmittedInOrderAndStored() throws Exception {
    StepOutcome outcome = GroupCall.of(NONE).events((key, events, state) -> rows("a", "b"));

    assertThat(outcome.rows()).containsExactly("a", "b");
    assertThat(outcome.change().rows()).extracting(TestCodecs.ROWS::read).containsExactly("a", "b");
    assertThat(outcome.change().isNothing()).isFalse();
  }

  @Test
  void function_isGivenKeyAndEvents() throws Exception {
    StepOutcome outcome =
        GroupCall.of(NONE).events((key, events, state) -> rows(key, events.next()));

    assertThat(outcome.rows()).containsExactly("k", "event");
  }

  @Test
  void function_atTimeout_isGivenKeyAndNoEvents() throws Exception {
    StepOutcome outcome =
        GroupCall.of(PROCESSING_TIME)
            .timedOut((key, events, state) -> rows(key, "" + events.hasNext()));

    assertThat(outcome.rows()).containsExactly("k", "false");
  }

  @Test
  void f02_stateUpdatedFromTheReturnedIterator_isKept() throws Exception {
    GroupCall<Integer> call = GroupCall.of(PROCESSING_TIME).with(entry(5, null));

    StepOutcome outcome =
        call.events(
            (key, events, state) ->
                new Iterator<>() {
                  @Override
                  public boolean hasNext() {
                    return state.get() < 7;
                  }

                  @Override
                  public String next() {
                    state.update(state.get() + 1);
                    state.setTimeoutDuration(FIVE_SECONDS);
                    return "row " + state.get();
                  }
                });

    assertThat(outcome.rows()).containsExactly("row 6", "row 7");
    assertThat(outcome.change().applyTo(call.before())).isEqualTo(entry(7, 6000L));
  }

  // Failures.

  @Test
  void state_usedAfterTheCall_isRefused() throws Exception {
    AtomicReference<GroupState<Integer>> leaked = new AtomicReference<>();
    GroupCall.of(PROCESSING_TIME).with(entry(5, null)).change(leaked::set);
    GroupState<Integer> state = Objects.requireNonNull(leaked.get());

    List<ThrowingCallable> uses =
        List.of(
            state::exists,
            state::get,
            state::optional,
            () -> state.update(6),
            state::remove,
            state::hasTimedOut,
            () -> state.setTimeoutDuration(FIVE_SECONDS),
            () -> state.setTimeoutTimestamp(Instant.EPOCH),
            () -> state.setTimeoutTimestamp(Instant.EPOCH, FIVE_SECONDS),
            state::currentWatermark,
            state::currentProcessingTime);

    assertThat(uses)
        .allSatisfy(
            use ->
                assertThatIllegalStateException()
                    .isThrownBy(use)
                    .withMessage(
                        "The group state was used after its call had ended; use it within the"
                            + " function or the iterator it returns"));
  }

  @Test
  @SuppressWarnings("NullAway") // what a user without NullAway can return
  void f08_nullIterator_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> GroupCall.of(NONE).events((key, events, state) -> null))
        .withMessage(
            "the function's result must not be null; return an empty iterator for no rows");
  }

  @Test
  @SuppressWarnings("NullAway") // what a user without NullAway can emit
  void nullRow_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> GroupCall.of(NONE).events((key, events, state) -> rows("a", null)))
        .withMessage("a row must not be null");
  }

  @Test
  void f07_exceptionOfTheFunction_passesThrough() {
    IOException thrown = new IOException("broken");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                GroupCall.of(NONE)
                    .change(
                        state -> {
                          throw thrown;
                        }))
        .isSameAs(thrown);
  }

  @Test
  void f09_exceptionOfTheIterator_passesThrough() {
    assertThatNullPointerException()
        .isThrownBy(
            () ->
                GroupCall.of(EVENT_TIME)
                    .events(
                        (key, events, state) ->
                            new Iterator<>() {
                              @Override
                              public boolean hasNext() {
                                return true;
                              }

                              @Override
                              public String next() {
                                throw new NullPointerException("from next");
                              }
                            }))
        .withMessage("from next");
  }

  private static Iterator<String> rows(String... rows) {
    return new ArrayList<>(Arrays.asList(rows)).iterator();
  }
}
