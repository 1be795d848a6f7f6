package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static io.vellamo.connectors.aggregate.AggregationRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.window.SessionWindows;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Aggregators and functions of rows that throw, under each error policy. Of the events, those of
 * bad seconds throw; of the rows, those of windows whose start is bad.
 */
final class AggregationErrorsTest {
  private static final Windows<Object> TENS = Window.tumbling(seconds(10));

  private long delay;
  private final Set<Long> badEvents = new TreeSet<>();
  private final Set<Long> badRows = new TreeSet<>();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private final MemorySink<LateEvent> late = MemorySink.create();

  @Test
  void fail_aggregatorThatThrows_failsTheQuery_andTheEpochRunsAgain() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.fail());

    query.addFailing("2 is bad", at(1, 2, 3));
    badEvents.clear();
    query.restart().add(at(10)).expectRows("a[0,10)=1 2 3");
  }

  @Test
  void fail_rowThatThrows_failsTheQuery_andTheEpochRunsAgain() {
    badRows.add(0L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.fail());
    query.add(at(1, 2));

    query.addFailing("row of 0 is bad", at(10));
    badRows.clear();
    query.restart().expectRows("a[0,10)=1 2");
  }

  @Test
  void deadLetter_onlyTheBadEventsAreLeftOut() {
    badEvents.addAll(Set.of(2L, 12L));
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());

    query.add(at(1, 2, 3)).add(at(4, 2, 5, 12));

    query.add(at(13, 20)).expectRows("a[0,10)=1 3 4 5", "a[10,20)=13");
    assertThat(letters.rows())
        .extracting(letter -> ((Reading) letter.event().orElseThrow()).second())
        .containsExactly(2L, 2L, 12L);
    assertThat(last(query).total().deadLettered()).isEqualTo(3);
    assertThat(last(query).total().processed()).isEqualTo(6);
  }

  @Test
  void deadLetter_ofSessions_leavesTheirOtherEvents() {
    badEvents.add(12L);
    StreamingQueryHarness<Reading, String> query =
        query(Window.session(seconds(10)), ErrorPolicy.deadLetter());

    query.add(at(1, 12, 22)).add(at(60)).expectRows("a[1,11)=1", "a[22,32)=22");
    assertThat(letters.rows()).hasSize(1);
  }

  @Test
  void deadLetter_rowThatThrows_leavesOutItsWindow_andTheNextOnesAreEmitted() {
    badRows.add(0L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());
    query.add(at(1)).add(at(12)).expectNoRows();
    assertThat(letters.rows()).hasSize(1);

    query.add(Reading.at("b", 40)).expectRows("a[10,20)=12").expectGroups(1);
    query.add(at(41, 50)).expectRows("a[40,50)=41", "b[40,50)=40");
    assertThat(letters.rows()).hasSize(1);
  }

  @Test
  void deadLetter_rowOfASessionThatThrows_isLeftOut_andTheNextOnesAreEmitted() {
    badRows.add(1L);
    StreamingQueryHarness<Reading, String> query =
        query(Window.session(seconds(10)), ErrorPolicy.deadLetter());
    query.add(at(1)).add(at(12)).expectNoRows();
    assertThat(letters.rows()).hasSize(1);

    query.add(Reading.at("b", 40)).expectRows("a[12,22)=12").expectGroups(1);
  }

  @Test
  void park_eventsWait_andAreCountedInTheirWindows() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(1)).add(at(2, 3)).expectNoRows();
    query.add(at(12)).add(Reading.at("b", 100)).expectNoRows();
    assertThat(last(query).state().parked()).isEqualTo(1);

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=1 2 3", "a[10,20)=12").expectGroups(1);
    query.add(at(101, 110)).expectRows("a[100,110)=101", "b[100,110)=100");
  }

  @Test
  void park_ofAGroupWithoutState_eventsAreCountedInTheirWindows() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(2, 3)).add(Reading.at("b", 100)).expectNoRows();

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=2 3").expectGroups(1);
  }

  @Test
  void park_earlierWindowThanTheStoredOnes_isEmitted() {
    delay = 20;
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    badEvents.add(36L);
    query.add(at(35)).add(at(36)).add(at(24)).expectLate(0);
    query.add(Reading.at("b", 100)).restart().expectNoRows();

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[20,30)=24", "a[30,40)=35 36").expectLate(0).expectGroups(1);
  }

  @Test
  void park_rowThatThrows_isEmittedLater() {
    badRows.add(0L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(1)).add(at(12)).add(at(25)).expectNoRows();
    query.add(Reading.at("b", 100)).restart().expectNoRows();

    badRows.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=1", "a[10,20)=12", "a[20,30)=25").expectGroups(1);
  }

  @Test
  void park_ofSlidingWindows_emitsEachWindowOnce() {
    StreamingQueryHarness<Reading, String> query =
        query(Window.sliding(seconds(20), seconds(10)), ErrorPolicy.park());
    query.add(at(5)).add(at(15)).expectRows("a[-10,10)=5");
    badEvents.add(16L);
    query.add(at(16)).expectNoRows();
    query.add(at(7)).add(Reading.at("b", 100)).expectNoRows();

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,20)=5 7 15 16", "a[10,30)=15 16");
  }

  @Test
  void park_inUpdateMode_emitsTheWindowsOfThePendingEvents() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query =
        start(
            readings -> lists(readings, TENS).outputMode(OutputMode.UPDATE),
            builder -> builder.onError(ErrorPolicy.park()));
    query.add(at(1)).expectRows("a[0,10)=1");
    query.add(at(2)).add(Reading.at("b", 100)).expectRows("b[100,110)=100");

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=1 2").expectGroups(1);
  }

  @Test
  void park_ofSessions_emitsThem() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query =
        query(Window.session(seconds(10)), ErrorPolicy.park());
    query.add(at(1)).add(at(2, 3)).add(Reading.at("b", 100)).expectNoRows();

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[1,13)=1 2 3").expectGroups(1);
  }

  @Test
  void retry_ofAMutableBuffer_beginsWithTheStoredOne() {
    badEvents.add(3L);
    StreamingQueryHarness<Reading, String> query =
        query(TENS, ErrorPolicy.retry(2, Duration.ofMillis(1)).thenDeadLetter());

    query.add(at(1)).add(at(2, 3, 4)).add(at(10)).expectRows("a[0,10)=1 2 4");
  }

  @Test
  void lateEvents_areCountedOneByOne_andGoToTheirSink() {
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.fail());
    query.add(at(5)).add(at(20)).expectRows("a[0,10)=5");

    query.add(at(1, 1, 22, 2, 21)).expectLate(3);
    assertThat(late.rows())
        .extracting(each -> ((Reading) each.event()).second() + "@" + each.watermark())
        .containsExactly(
            "1@1970-01-01T00:00:20Z", "1@1970-01-01T00:00:20Z", "2@1970-01-01T00:00:20Z");
    assertThat(last(query).total().processed()).isEqualTo(4);
  }

  @Test
  void gapFunctionThatThrows_makesItsEventADeadLetter() {
    SessionWindows<Reading> windows =
        Window.session(
            event -> {
              refuse(badEvents, event.second(), "");
              return seconds(10);
            });
    badEvents.addAll(Set.of(5L, 7L));
    StreamingQueryHarness<Reading, String> query = query(windows, ErrorPolicy.deadLetter());

    query.add(at(5, 6, 10)).expectNoRows();
    assertThat(letters.rows()).hasSize(1);
    // An event before the watermark is asked for its gap when it is checked for lateness.
    query.add(at(7, 12)).expectNoRows();
    assertThat(letters.rows()).hasSize(2);
    query.add(at(60)).expectRows("a[6,22)=6 10 12");
  }

  private StreamingQueryHarness<Reading, String> query(
      Windows<? super Reading> windows, ErrorPolicy policy) {
    return start(
        readings -> lists(readings, windows),
        builder -> builder.onError(policy).deadLettersTo(letters).lateEventsTo(late));
  }

  private EventStream<String> lists(
      EventStream<Reading> readings, Windows<? super Reading> windows) {
    return readings
        .withWatermark(Reading::time, seconds(delay))
        .groupBy(Reading::key, windows)
        .aggregate(
            Numbers.list(this::read),
            Aggregates.count(),
            (key, window, list, count) -> {
              refuse(badRows, window.start().getEpochSecond(), "row of ");
              assertThat(list).hasSize(count.intValue());
              return key + text(window) + "=" + String.join(" ", list);
            });
  }

  private String read(Reading event) {
    refuse(badEvents, event.second(), "");
    return "" + event.second();
  }

  private static void refuse(Set<Long> bad, long second, String what) {
    if (bad.contains(second)) {
      throw new IllegalStateException(what + second + " is bad");
    }
  }

  private static StreamingQueryProgress last(StreamingQueryHarness<Reading, String> query) {
    return query.query().lastProgress().orElseThrow();
  }
}
