package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Runs of a query in a harness: that are stopped, that end by themselves, and that fail. */
final class HarnessRunsTest {
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final AtomicBoolean broken = new AtomicBoolean(true);

  @Test
  void timeout_dueWhileTheQueryWasDown_firesAtTheRestart() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());
    query.add("a").expectRows("a1");

    query.restartAfter(Duration.ofSeconds(9)).expectNoRows();
    query.restartAfter(Duration.ofHours(1)).expectRows("a@3609000").expectGroups(0).close();
  }

  @Test
  void eventsAndTime_whileStopped_waitForResume() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());
    query.add("a").expectRows("a1").stop();
    query.add("b").advance(Duration.ofSeconds(5)).add("b").drain().expectNoRows();

    query.resume().expectRows("b1", "b2");

    assertThat(query.clock().instant()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(query.query().recentProgress()).hasSize(1);
    assertThatThrownBy(query::resume)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the query must be stopped to resume, it runs; use restart()");
    query.stop().stop().close();
  }

  @Test
  void once_processesWhatIsThere_andEnds() {
    StreamingQueryHarness<String, String> query = start(Trigger.once()).expectEnded();

    query.add("a", "b").add("a").expectNoRows();
    query.resume().expectRows("a1", "a2", "b1").expectEnded();

    assertThat(query.query().recentProgress()).hasSize(1);
    query.restartAfter(Duration.ofSeconds(11)).expectEnded().close();
  }

  @Test
  void availableNow_firesWhatIsDue_andEnds() {
    StreamingQueryHarness<String, String> query = start(Trigger.availableNow());
    query.add("a").resume().expectRows("a1").expectEnded();

    query.advance(Duration.ofSeconds(11)).expectNoRows();
    query.restart().expectRows("a@11000").expectGroups(0).expectEnded().close();
  }

  @Test
  void drain_closesWhatIsOpen_andEnds() {
    words.add("a", "b");
    StreamingQueryHarness<String, String> query = start(Trigger.drain());

    query.expectRows("a1", "b1").expectEnded().restart().expectNoRows().expectEnded().close();
  }

  @Test
  void query_thatGoesOn_hasNotEnded() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());

    assertThatThrownBy(query::expectEnded)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "the query must have ended by itself, was [Waiting for data to arrive]; the triggers"
                + " once, availableNow and drain end");
    assertThatThrownBy(query.stop()::expectEnded).hasMessageContaining("was [stopped by the test]");
  }

  @Test
  void rowsExpected_ofAQueryThatIsDown_messageSaysSo() {
    StreamingQueryHarness<String, String> query = start(Trigger.once()).add("a");

    assertThatThrownBy(() -> query.expectRows("a1"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "rows must be [a1] in any order, were []; missing [a1], unexpected []; the query is"
                + " down, events that are added wait for resume()");
  }

  @Test
  void failure_isMatchedByItsCause_andTheQueryResumes() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap()).add("a");

    query.expectFailure(IllegalStateException.class, "on purpose", down -> down.add("bad"));
    query.add("b").expectRows("a1");
    query.expectFailure(IllegalStateException.class, StreamingQueryHarness::resume);
    query.expectFailure(
        failure -> assertThat(failure).hasRootCauseMessage("broken on purpose"),
        StreamingQueryHarness::resume);
    broken.set(false);
    query.resume().expectRows("bad1", "b1").close();
  }

  @Test
  void failure_ofATimeout_leavesTheClockAtItsMoment() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap()).add("late");

    query.expectFailure(
        IllegalStateException.class, "on purpose", down -> down.advance(Duration.ofDays(1)));

    assertThat(query.clock().instant()).isEqualTo(Instant.ofEpochMilli(10_001));
    broken.set(false);
    query.resume().expectRows("late1", "late@10001").close();
  }

  @Test
  void failure_ofAnotherCause_messageShowsAllThereWere() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());

    assertThatThrownBy(
            () -> query.expectFailure(ArithmeticException.class, down -> down.add("bad")))
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(StreamingQueryException.class)
        .hasMessageStartingWith(
            "the query must fail because of a [java.lang.ArithmeticException], failed with"
                + " [io.vellamo.api.query.StreamingQueryException: Query [under-test] failed in epoch")
        .hasMessageEndingWith("[java.lang.IllegalStateException: broken on purpose]");
    assertThatThrownBy(
            () ->
                query.expectFailure(
                    IllegalStateException.class, "other", StreamingQueryHarness::resume))
        .hasMessageContaining(
            "because of a [java.lang.IllegalStateException] whose message contains [other], failed");
  }

  @Test
  void failure_thatDoesNotCome_isNotWaitedFor() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());

    assertThatThrownBy(() -> query.expectFailure(Exception.class, down -> down.add("a")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("the query must fail, was [Waiting for data to arrive]");
    assertThatThrownBy(() -> query.addFailing("any", "b"))
        .hasMessage("the query must fail, was [Waiting for data to arrive]");
    query.expectRows("a1", "b1").close();
  }

  @Test
  void clock_thatIsAdvancedBackwards_isRefused() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());

    assertThatThrownBy(() -> query.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration must not be negative, was [PT-1S]; use set to move the clock back");
    query.close();
  }

  private StreamingQueryHarness<String, String> start(Trigger trigger) {
    return StreamingQueryHarness.start(
        events -> words.addTo(0, events),
        rows::rows,
        start ->
            start
                .from(words)
                .groupByKey(word -> word)
                .flatMapGroupsWithState(
                    OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, Long.class, this::count)
                .to(rows)
                .trigger(trigger));
  }

  /** Numbers the words; forgets one that is silent for ten seconds, and emits when. */
  private Iterator<String> count(String word, Iterator<String> events, GroupState<Long> state) {
    if (broken.get() && (word.equals("bad") || (word.equals("late") && state.hasTimedOut()))) {
      throw new IllegalStateException("broken on purpose");
    }
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(word + "@" + state.currentProcessingTime().toEpochMilli()).iterator();
    }
    List<String> numbered = new ArrayList<>();
    long count = state.optional().orElse(0L);
    while (events.hasNext()) {
      events.next();
      numbered.add(word + ++count);
    }
    state.update(count);
    state.setTimeoutDuration(Duration.ofSeconds(10));
    return numbered.iterator();
  }
}
