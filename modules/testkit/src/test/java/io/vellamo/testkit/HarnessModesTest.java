package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each mode catches the mistake it is for, and names it. */
final class HarnessModesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A state that can be changed in place. */
  public static final class Words {
    public final List<String> all = new ArrayList<>();

    @Override
    public String toString() {
      return "Words" + all;
    }
  }

  /** A state of which Jackson writes one half. */
  public static final class Half {
    public int written;
    @JsonIgnore public int unwritten;

    @Override
    public String toString() {
      return "Half[" + written + ", " + unwritten + "]";
    }
  }

  /** A record, so immutable, that gives Jackson one half. */
  record Pair(int written, int unwritten) {
    @Override
    public int unwritten() {
      return 0;
    }
  }

  /** A row that Jackson doesn't give back. */
  record Lossy(String word, @JsonIgnore int count) {}

  @Test
  void stateChangedInPlace_isNamed() {
    GroupStateHarness<String, String, Words, String> script =
        script(
            Words.class,
            (key, events, state) -> {
              if (!state.exists()) {
                state.update(new Words());
              }
              events.forEachRemaining(state.get().all::add);
              return none();
            });
    script.event("k", "a").endEpoch().event("k", "b");

    assertThatThrownBy(script::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "Mode [AS_WRITTEN], step [3 event(k)]: the state must be changed by update only, group"
                + " [k] has changed it in place, which is never kept; call update, or work on a"
                + " copy");
  }

  @Test
  void stateChangedInPlace_alsoWhenOnlyTheTimeoutIsSet_isNamed() {
    GroupStateHarness<String, String, Words, String> script =
        script(
            Words.class,
            (key, events, state) -> {
              Words words = state.optional().orElseGet(Words::new);
              events.forEachRemaining(words.all::add);
              state.setTimeoutTimestamp(NOON);
              return none();
            });

    assertThatThrownBy(script.given("k", new Words()).event("k", "b")::verify)
        .hasMessageContaining("group [k] has changed it in place");
  }

  @Test
  void stateChangedInPlaceAndUpdated_isFine() {
    GroupStateHarness<String, String, Words, Integer> script =
        script(
            Words.class,
            (key, events, state) -> {
              Words words = state.optional().orElseGet(Words::new);
              events.forEachRemaining(words.all::add);
              state.update(words);
              return Collections.emptyIterator();
            });

    assertThatCode(script.event("k", "a").event("j", "a").endEpoch().event("k", "b")::verify)
        .doesNotThrowAnyException();
  }

  @Test
  void again_staticCounter_isCaught() {
    int[] calls = {0};
    GroupStateHarness<String, String, Integer, Integer> script =
        script(Integer.class, (key, events, state) -> List.of(++calls[0]).iterator());
    script.event("a", "x").expectRows(1);

    assertThatThrownBy(script::verify)
        .hasMessage(
            "Mode [AGAIN], step [1 event(a)]: rows of group [a] must be as written, [[1]], were"
                + " [[2]]; likely the function keeps something outside of the group's state (a field, a"
                + " static), changes its events, or asks a clock or a random source. If that is"
                + " meant to be: exceptMode(AGAIN, reason)");
  }

  @Test
  void again_stateInAFieldOfTheFunction_isCaught() {
    Map<String, Integer> counts = new HashMap<>();
    GroupStateHarness<String, String, Integer, String> script =
        script(
            Integer.class,
            (key, events, state) -> {
              while (events.hasNext()) {
                counts.merge(key + events.next(), 1, Integer::sum);
              }
              state.update(counts.size());
              return none();
            });
    script.event("a", "x").endEpoch().event("b", "y");

    assertThatThrownBy(script::verify)
        .hasMessageStartingWith(
            "Mode [AGAIN], step [1 event(a)]: state and timeout of group [a] must be as written,"
                + " [1, no timeout], were [2, no timeout]; likely the function keeps something"
                + " outside of the group's state");
  }

  @Test
  void otherOrder_callsThatDependOnEachOther_areCaught() {
    String[] last = {""};
    GroupStateHarness<String, String, Integer, String> script =
        script(
            Integer.class,
            (key, events, state) -> {
              String before = key.equals("c") ? last[0] : "";
              last[0] = key;
              return List.of(key + before).iterator();
            });
    script.event("a", "x").event("b", "x").event("c", "x").expectRows("a", "b", "cb");

    assertThatThrownBy(script::verify)
        .hasMessageStartingWith(
            "Mode [OTHER_ORDER], step [3 event(c)]: rows of group [c] must be as written, [[cb]],"
                + " were [[c")
        .hasMessageContaining("the calls of one group change those of another");
  }

  @Test
  void twice_callsThatAlternate_areCaught() {
    boolean[] odd = {true};
    GroupStateHarness<String, String, Integer, String> script =
        script(
            Integer.class,
            (key, events, state) -> {
              odd[0] = !odd[0];
              return List.of(key + odd[0]).iterator();
            });
    script
        .event("a", "x")
        .event("b", "x")
        .exceptMode(HarnessMode.OTHER_ORDER, "two groups that take turns are not what this shows");

    assertThatThrownBy(script::verify)
        .hasMessage(
            "Mode [TWICE], step [2 event(b)]: rows of group [a] must be the same in both calls,"
                + " were [[afalse]] and [[atrue]]; likely a call with the same events and the same"
                + " state gave something else, as after a crash it would");
  }

  @Test
  void asWritten_rowThatLosesSomething_isWhatTheSinkGets() {
    GroupStateHarness<String, String, Integer, Lossy> script =
        script(Integer.class, (key, events, state) -> List.of(new Lossy(key, 7)).iterator());

    assertThatThrownBy(script.event("a", "x").expectRows(new Lossy("a", 7))::verify)
        .hasMessageStartingWith(
            "Mode [AS_WRITTEN], step [2 expectRows]: rows must be [Lossy[word=a, count=7]] in any"
                + " order, were [Lossy[word=a, count=0]]");
  }

  @Test
  void twice_rowThatItsConstructorChanges_isCaught() {
    GroupStateHarness<String, String, Integer, Counted> script =
        script(Integer.class, (key, events, state) -> List.of(new Counted(7)).iterator());

    assertThatThrownBy(script.event("a", "x").expectRows(new Counted(7))::verify)
        .hasMessage(
            "Mode [TWICE], step [1 event(a)]: row [Counted[number=8]] must be the same when read"
                + " from the journal, was [Counted[number=9]]; likely class ["
                + Counted.class.getName()
                + "] loses something when Jackson writes and reads it");
  }

  private record Counted(int number) {
    Counted {
      number++;
    }
  }

  @Test
  void recovered_immutableStateThatLosesSomething_isCaught() {
    GroupStateHarness<String, String, Pair, Integer> script =
        script(
            Pair.class,
            (key, events, state) -> {
              Pair pair = state.optional().orElse(new Pair(0, 0));
              state.update(new Pair(pair.written + 1, pair.unwritten + 1));
              return List.of(pair.unwritten).iterator();
            });
    script.event("a", "x").endEpoch().event("a", "x");

    assertThatThrownBy(script::verify)
        .hasMessageStartingWith(
            "Mode [RECOVERED], step [3 event(a)]: rows of group [a] must be as written, [[1]],"
                + " were [[0]]; likely the state loses something when Jackson writes and reads it");
  }

  @Test
  void stateKept_mutableStateThatLosesSomething_isCaught() {
    GroupStateHarness<String, String, Half, Integer> script =
        script(
            Half.class,
            (key, events, state) -> {
              Half half = state.optional().orElseGet(Half::new);
              half.written++;
              half.unwritten++;
              state.update(half);
              return List.of(half.unwritten).iterator();
            });
    script.event("a", "x").endEpoch().event("a", "x");

    assertThatThrownBy(script::verify)
        .hasMessageStartingWith(
            "Mode [STATE_KEPT], step [3 event(a)]: rows of group [a] must be as written, [[1]],"
                + " were [[2]]; likely the state loses something when Jackson writes and reads it,"
                + " or several states share an object");
  }

  @Test
  void oneByOne_stateThatDependsOnTheBatch_isCaught() {
    GroupStateHarness<String, String, Integer, String> script =
        script(Integer.class, HarnessModesTest::countsCalls);

    assertThatThrownBy(script.event("a", "x").event("a", "x")::verify)
        .hasMessage(
            "Mode [ONE_BY_ONE], step [2 event(a)]: state and timeout of group [a] must be as"
                + " written, [1, no timeout], were [2, no timeout]; likely the result depends on"
                + " how many events a call gets. If that is meant to be: exceptMode(ONE_BY_ONE,"
                + " reason)");
  }

  @Test
  void oneByOne_appendedRowsThatDependOnTheBatch_areCaught() {
    GroupStateHarness<String, String, Integer, String> script =
        script(Integer.class, (key, events, state) -> List.of("row").iterator());

    assertThatThrownBy(script.event("a", "x").event("a", "x")::verify)
        .hasMessageStartingWith(
            "Mode [ONE_BY_ONE], whole script: rows of group [a] must be as written, [[row]], were"
                + " [[row, row]]");
  }

  @Test
  void oneByOne_updatedRowsThatDependOnTheBatch_areNotCompared() {
    GroupStateHarness<String, String, Integer, String> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> List.of("row").iterator());

    assertThatCode(script.event("a", "x").event("a", "x")::verify).doesNotThrowAnyException();
  }

  @Test
  void oneByOne_lastRowOfAMap_isCompared() {
    GroupStateHarness<String, String, Integer, Integer> script =
        GroupStateHarness.mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> {
              int size = 0;
              for (; events.hasNext(); events.next()) {
                size++;
              }
              return size;
            });

    assertThatThrownBy(script.event("a", "x").event("a", "x")::verify)
        .hasMessageStartingWith(
            "Mode [ONE_BY_ONE], whole script: last row of group [a] must be as written, [[2]],"
                + " were [[1, 1]]");
  }

  @Test
  void batched_stateThatDependsOnEpochs_isCaught() {
    GroupStateHarness<String, String, Integer, String> script =
        script(Integer.class, HarnessModesTest::countsCalls);

    assertThatThrownBy(script.event("a", "x").endEpoch().event("a", "x")::verify)
        .hasMessageStartingWith(
            "Mode [BATCHED], step [3 event(a)]: state and timeout of group [a] must be as written,"
                + " [2, no timeout], were [1, no timeout]; likely the result depends on how many"
                + " events a call gets");
  }

  @Test
  void exceptMode_leavesItOut() {
    GroupStateHarness<String, String, Integer, String> script =
        script(Integer.class, HarnessModesTest::countsCalls);
    script
        .event("a", "x")
        .endEpoch()
        .event("a", "x")
        .exceptMode(HarnessMode.BATCHED, "the state counts calls");

    assertThatCode(script::verify).doesNotThrowAnyException();
  }

  @Test
  void eventsAndTimeoutDueInTheSameEpoch_areNoDifferenceInAnyMode() {
    GroupStateHarness<String, String, Integer, String> script =
        GroupStateHarness.flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Integer.class,
            HarnessModesTest::closesAfterAMinute);
    script
        .withWatermark(Duration.ZERO)
        .event("a", "x", NOON)
        .event("b", "x", NOON)
        .endEpoch()
        .event("c", "x", NOON.plusSeconds(300))
        .endEpoch()
        // The watermark has passed both timeouts: b has data, so only a's fires.
        .event("c", "x", NOON.plusSeconds(300))
        .event("b", "x", NOON.plusSeconds(300))
        .expectRows("a closed")
        .expectState("b", 2);

    assertThatCode(script::verify).doesNotThrowAnyException();
  }

  @Test
  void timeoutAndThenEventsAtTheSameClocks_areNoDifferenceInAnyMode() {
    GroupStateHarness<String, String, Integer, String> script =
        script(Integer.class, HarnessModesTest::closesAfterAMinute);
    script
        .event("a", "x", NOON)
        .advanceWatermark(NOON.plusSeconds(61))
        .event("a", "x", NOON.plusSeconds(61))
        .expectRows("a closed")
        .expectState("a", 1);

    assertThatCode(script::verify).doesNotThrowAnyException();
  }

  private static Iterator<String> countsCalls(
      String key, Iterator<String> events, GroupState<Integer> state) {
    state.update(state.optional().orElse(0) + 1);
    return none();
  }

  private static Iterator<String> closesAfterAMinute(
      String key, Iterator<String> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(key + " closed").iterator();
    }
    int count = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    state.update(count);
    Instant end = NOON.plusSeconds(60);
    Instant watermark = state.currentWatermark();
    state.setTimeoutTimestamp(end.isBefore(watermark) ? watermark : end);
    return none();
  }

  private static <S, U> GroupStateHarness<String, String, S, U> script(
      Class<S> stateClass, FlatMapGroupsWithStateFunction<String, String, S, U> function) {
    return GroupStateHarness.flatMapGroupsWithState(
        OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, stateClass, function);
  }

  private static Iterator<String> none() {
    return Collections.emptyIterator();
  }
}
