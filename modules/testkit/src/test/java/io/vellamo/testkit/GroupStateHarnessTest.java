package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a script can say, and what it says when something is not as expected. */
final class GroupStateHarnessTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A word and how often it was seen. */
  record Count(String word, int count) {}

  /** A key of a class of its own. */
  record Place(String city, int zip) {}

  /** A set, which may be written in any order. */
  record Seen(Set<String> words) {}

  /** A row that is equal to itself only. */
  @SuppressWarnings("ArrayRecordComponent") // that is the point
  record Samples(int[] values) {}

  @Test
  void processingTime_timeoutsFireAfterTheirDuration() {
    countUntilSilent()
        .startAt(NOON)
        .event("a", "x")
        .expectRows(new Count("a", 1))
        .expectTimeout("a", NOON.plusSeconds(10))
        .advanceProcessingTime(Duration.ofSeconds(10))
        .expectNoRows()
        .advanceProcessingTime(Duration.ofMillis(1))
        .expectRows(new Count("a", -1))
        .expectNoState("a")
        .expectNoTimeout("a")
        .expectNothingKept()
        .verify();
  }

  @Test
  void f05_processingTimeTimeout() {
    countUntilSilent()
        .advanceProcessingTime(Duration.ofSeconds(1))
        .event("a", "x")
        .expectRows(new Count("a", 1))
        .advanceProcessingTime(Duration.ofSeconds(1))
        .event("b", "x")
        .expectRows(new Count("b", 1))
        .advanceProcessingTime(Duration.ofSeconds(10))
        .event("b", "x")
        .expectRows(new Count("a", -1), new Count("b", 2))
        .verify();
  }

  @Test
  void f06_eventTimeTimeout() {
    latest()
        .withWatermark(Duration.ofSeconds(10))
        .event("a", 11L, second(11))
        .event("a", 13L, second(13))
        .event("a", 15L, second(15))
        .expectRows(new Count("a", 15))
        .event("a", 4L, second(4))
        .expectNoRows()
        .expectLate(1)
        .event("a", 10L, second(10))
        .expectRows(new Count("a", 15))
        .event("b", 31L, second(31))
        .expectRows(new Count("a", -1), new Count("b", 31))
        .exceptMode(HarnessMode.ONE_BY_ONE, "a row for each call")
        .verify();
  }

  @Test
  void endEpoch_lateWatermarkTrailsByOneEpoch() {
    GroupStateHarness<String, Long, Long, Count> backToBack =
        latest().withWatermark(Duration.ZERO).event("a", 20L, second(20)).endEpoch();

    backToBack.event("b", 17L, second(17)).expectLate(0).verify();
    latest()
        .withWatermark(Duration.ZERO)
        .event("a", 20L, second(20))
        .expectRows(new Count("a", 20))
        .event("b", 17L, second(17))
        .expectLate(1)
        .verify();
  }

  @Test
  void advanceWatermark_eventsBeforeItAreLate_thoseAtItAreNot() {
    latest()
        .advanceWatermark(second(100))
        .event("a", 99L, second(99))
        .event("a", 100L, second(100))
        .expectLate(1)
        .expectState("a", 100L)
        .expectTimeout("a", second(105))
        .verify();
  }

  @Test
  void eventsWithoutWatermark_moveNothing() {
    latest()
        .event("a", 50L, second(50))
        .expectTimeout("a", second(55))
        .event("a", 1L, second(1))
        .expectLate(0)
        .exceptMode(HarnessMode.BATCHED, "a row for each call")
        .verify();
  }

  @Test
  void given_stateAndTimeout_areThereBeforeTheFirstEvent() {
    countUntilSilent()
        .given("a", 6)
        .given("b", 7, Instant.ofEpochSecond(3))
        .event("a", "x")
        .expectRows(new Count("a", 7))
        .advanceProcessingTime(Duration.ofSeconds(4))
        .expectRows(new Count("b", -1))
        .verify();
  }

  @Test
  @SuppressWarnings("NullAway") // K is nullable here
  void nullKey_isAKey() {
    GroupStateHarness<@Nullable String, String, Integer, String> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> {
              state.update(1);
              return Collections.emptyIterator();
            });

    script.event(null, "x").expectState(null, 1).verify();
  }

  @Test
  void keyClass_keysWrittenTheSameAreTheSame() {
    GroupStateHarness<Place, String, Seen, String> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Seen.class, GroupStateHarnessTest::collect);

    script
        .keyClass(Place.class)
        .event(new Place("Espoo", 2100), "a")
        .event(new Place("Espoo", 2100), "b")
        .expectState(new Place("Espoo", 2100), new Seen(Set.of("b", "a")))
        .verify();
    assertThatThrownBy(
            GroupStateHarness.<Place, String, Seen, String>flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Seen.class,
                        GroupStateHarnessTest::collect)
                    .event(new Place("Espoo", 2100), "a")
                ::verify)
        .hasRootCauseInstanceOf(SerializationException.class);
  }

  @Test
  void keyTypeWithArguments_keysWrittenTheSameAreTheSame() {
    GroupStateHarness.<Set<String>, String, Seen, String>flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            Seen.class,
            (key, events, state) -> collect(new Place("", 0), events, state))
        .keyClass(new TypeRef<Set<String>>() {})
        .event(new LinkedHashSet<>(List.of("x", "y")), "a")
        .event(new LinkedHashSet<>(List.of("y", "x")), "b")
        .expectState(Set.of("x", "y"), new Seen(Set.of("a", "b")))
        .verify();
  }

  @Test
  void stateType_statesAreReadByItsMigrations() {
    StateType<Seen> second = StateType.of(Seen.class).migration(1, state -> state);

    GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, second, GroupStateHarnessTest::collect)
        .keyClass(Place.class)
        .given(new Place("Espoo", 2100), new Seen(Set.of("a")))
        .event(new Place("Espoo", 2100), "b")
        .expectState(new Place("Espoo", 2100), new Seen(Set.of("a", "b")))
        .verify();
  }

  @Test
  void rows_notAsExpected_messageShowsStepExpectedAndFound() {
    assertThatThrownBy(
            countUntilSilent()
                    .event("a", "x")
                    .event("b", "x")
                    .expectRows(new Count("a", 1), new Count("a", 1))
                ::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Mode [AS_WRITTEN], step [3 expectRows]: rows must be [Count[word=a, count=1],"
                + " Count[word=a, count=1]] in any order, were [Count[word=a, count=1],"
                + " Count[word=b, count=1]]; missing [Count[word=a, count=1]], unexpected"
                + " [Count[word=b, count=1]]");
  }

  @Test
  void rows_withoutEquals_areComparedAsTheyAreWritten() {
    GroupStateHarness<String, String, Integer, Samples> script =
        GroupStateHarness.mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> new Samples(new int[] {1}));

    script.event("a", "x").expectRows(new Samples(new int[] {1})).verify();
    assertThatThrownBy(script.event("a", "x").expectRows(new Samples(new int[] {2}))::verify)
        .hasMessageContaining("rows must be");
  }

  @Test
  void state_notAsExpected_messageShowsStepExpectedAndFound() {
    assertThatThrownBy(countUntilSilent().event("a", "x").expectState("a", 2)::verify)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 expectState(a)]: state of group [a] must be [2], was [1]");
    assertThatThrownBy(countUntilSilent().event("a", "x").expectNoState("a")::verify)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 expectNoState(a)]: state of group [a] must be [no state],"
                + " was [1]");
  }

  @Test
  void timeout_notAsExpected_messageShowsStepExpectedAndFound() {
    assertThatThrownBy(countUntilSilent().event("a", "x").expectTimeout("a", second(9))::verify)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 expectTimeout(a)]: timeout of group [a] must be [timeout"
                + " 1970-01-01T00:00:09Z], was [timeout 1970-01-01T00:00:10Z]");
    assertThatThrownBy(countUntilSilent().expectTimeout("a", second(9))::verify)
        .hasMessageEndingWith("must be [timeout 1970-01-01T00:00:09Z], was [no timeout]");
  }

  @Test
  void late_notAsExpected_messageShowsStepExpectedAndFound() {
    assertThatThrownBy(latest().event("a", 1L, second(1)).expectLate(1)::verify)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 expectLate]: number of late events must be [1], was [0]");
  }

  @Test
  void forgottenRemoval_messageNamesAGroup() {
    GroupStateHarness<String, String, Integer, Count> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.PROCESSING_TIME,
            Integer.class,
            (key, events, state) -> {
              if (!state.hasTimedOut()) {
                state.update(1);
                state.setTimeoutDuration(Duration.ofSeconds(1));
              }
              return Collections.emptyIterator();
            });
    script
        .event("a", "x")
        .event("b", "x")
        .advanceProcessingTime(Duration.ofSeconds(2))
        .expectNothingKept();

    assertThatThrownBy(script::verify)
        .hasMessageStartingWith(
            "Mode [AS_WRITTEN], step [4 expectNothingKept]: nothing must be kept of any group, [2]"
                + " are, such as [")
        .hasMessageEndingWith("] with [1, no timeout]; remove the state of a group that has ended");
  }

  @Test
  void functionThrows_messageNamesStepGroupAndEvents() {
    GroupStateHarness<String, String, Integer, Count> script =
        GroupStateHarness.mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> {
              throw new IllegalStateException("on purpose");
            });

    assertThatThrownBy(script.event("a", "x").event("a", "y")::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "\\QMode [AS_WRITTEN], step [2 event(a)]: the function must not throw, threw"
                + " [java.lang.IllegalStateException]: on purpose, at io.vellamo.testkit.\\E.*"
                + "\\Q; for group [a], called with [2] events\\E")
        .hasRootCauseMessage("on purpose");
  }

  @Test
  void watermark_back_isRefused() {
    assertThatThrownBy(
            latest()
                    .withWatermark(Duration.ofSeconds(10))
                    .event("a", 60L, second(60))
                    .advanceWatermark(second(49))
                ::verify)
        .hasMessage(
            "Mode [AS_WRITTEN], step [2 advanceWatermark(1970-01-01T00:00:49Z)]: the watermark must"
                + " not go back, it is [1970-01-01T00:00:50Z] and was to be"
                + " [1970-01-01T00:00:49Z]");
  }

  @Test
  void currentWatermark_isThereOnlyIfTheScriptHasOne() {
    GroupStateHarness<String, String, Integer, String> script =
        GroupStateHarness.mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> state.currentWatermark().toString());

    assertThatThrownBy(script.event("a", "x")::verify)
        .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    assertThatCode(script.withWatermark(Duration.ZERO)::verify).doesNotThrowAnyException();
  }

  @Test
  void verify_afterMoreSteps_runsAllOfThem() {
    GroupStateHarness<String, String, Integer, Count> script = countUntilSilent().event("a", "x");
    script.verify();

    assertThatThrownBy(script.expectNoRows()::verify).hasMessageContaining("[2 expectNoRows]");
  }

  @Test
  void mistakesInAScript_areRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> countUntilSilent().event("a", "x").given("a", 1))
        .withMessage(
            "given must stand before all events and clocks; use an event to bring a group to a"
                + " state later");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latest().withWatermark(Duration.ofSeconds(-1)))
        .withMessage("delay must not be negative, was [PT-1S]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latest().advanceProcessingTime(Duration.ofSeconds(-1)))
        .withMessage("by must not be negative, was [PT-1S]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latest().exceptMode(HarnessMode.AS_WRITTEN, "why not"))
        .withMessage(
            "mode must not be AS_WRITTEN; what it gives is what the others are compared with");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latest().exceptMode(HarnessMode.TWICE, " "))
        .withMessage("reason must say why mode [TWICE] is left out, was blank");
  }

  @Test
  void completeMode_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                GroupStateHarness.flatMapGroupsWithState(
                    OutputMode.COMPLETE,
                    GroupStateTimeout.NONE,
                    Seen.class,
                    GroupStateHarnessTest::collect))
        .withMessage(
            "mode must be APPEND or UPDATE, was [COMPLETE]; a group's function can't emit the whole"
                + " result");
  }

  private static GroupStateHarness<String, String, Integer, Count> countUntilSilent() {
    return GroupStateHarness.flatMapGroupsWithState(
        OutputMode.UPDATE,
        GroupStateTimeout.PROCESSING_TIME,
        Integer.class,
        (String word, Iterator<String> events, GroupState<Integer> state) -> {
          if (state.hasTimedOut()) {
            state.remove();
            return List.of(new Count(word, -1)).iterator();
          }
          int count = state.optional().orElse(0);
          for (; events.hasNext(); events.next()) {
            count++;
          }
          state.update(count);
          state.setTimeoutDuration(Duration.ofSeconds(10));
          return List.of(new Count(word, count)).iterator();
        });
  }

  private static GroupStateHarness<String, Long, Long, Count> latest() {
    return GroupStateHarness.flatMapGroupsWithState(
        OutputMode.APPEND,
        GroupStateTimeout.EVENT_TIME,
        Long.class,
        (String key, Iterator<Long> events, GroupState<Long> state) -> {
          if (state.hasTimedOut()) {
            state.remove();
            return List.of(new Count(key, -1)).iterator();
          }
          long latest = state.optional().orElse(0L);
          while (events.hasNext()) {
            latest = Math.max(latest, events.next());
          }
          state.update(latest);
          state.setTimeoutTimestamp(second(latest + 5));
          return List.of(new Count(key, (int) latest)).iterator();
        });
  }

  private static Iterator<String> collect(
      Place place, Iterator<String> events, GroupState<Seen> state) {
    Set<String> words = new HashSet<>();
    state.optional().ifPresent(seen -> words.addAll(seen.words));
    events.forEachRemaining(words::add);
    state.update(new Seen(words));
    return Collections.emptyIterator();
  }

  private static Instant second(long second) {
    return Instant.ofEpochSecond(second);
  }
}
