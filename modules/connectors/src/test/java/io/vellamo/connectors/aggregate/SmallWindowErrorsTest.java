package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static io.vellamo.connectors.aggregate.AggregationRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Failures of windows whose slices a group keeps together as its state. */
final class SmallWindowErrorsTest {
  private static final Windows<Object> TENS = Window.tumbling(seconds(10));

  private final Set<Long> badEvents = new TreeSet<>();
  private final Set<Long> badRows = new TreeSet<>();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private OutputMode mode = OutputMode.APPEND;
  private long perEpoch = 1000;

  @Test
  void deadLetter_onlyTheBadEventsAreLeftOut() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());

    query.add(at(1, 2, 3)).add(at(4, 10)).expectRows("a[0,10)=3");
    assertThat(letters.rows()).hasSize(1);
  }

  @Test
  void deadLetter_rowThatThrows_leavesOutItsWindow_andTheNextOnesAreEmitted() {
    badRows.add(0L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());
    query.add(at(1, 12)).expectNoRows();
    assertThat(letters.rows()).hasSize(1);

    query.add(Reading.at("b", 40)).expectRows("a[10,20)=1").expectGroups(1);
    assertThat(letters.rows()).hasSize(1);
  }

  @Test
  void deadLetter_rowThatThrowsAfterEvents_leavesOutItsWindowOnly() {
    badRows.add(0L);
    perEpoch = 2;
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());

    query.stop().add(at(1, 12, 13, 14)).resume().expectNoRows();
    assertThat(letters.rows()).hasSize(1);
    assertThat(letters.rows().get(0).event()).isEmpty();

    query.add(Reading.at("b", 40)).expectRows("a[10,20)=3").expectGroups(1);
  }

  @Test
  void deadLetter_allEventsThrow_dueWindowsAreEmittedOnce() {
    badEvents.addAll(Set.of(13L, 14L));
    perEpoch = 2;
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.deadLetter());

    query.stop().add(at(1, 12, 13, 14)).resume().expectRows("a[0,10)=1");
    assertThat(letters.rows()).hasSize(2);
    query.add(Reading.at("b", 40)).expectRows("a[10,20)=1").expectGroups(1);
  }

  @Test
  void park_eventsWait_andAreCountedInTheirWindows() {
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(1)).add(at(2, 3)).add(at(12)).add(Reading.at("b", 100)).expectNoRows();

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=3", "a[10,20)=1").expectGroups(1);
  }

  @Test
  void park_rowThatThrows_isEmittedLater_andReleasedWithoutIt() {
    badRows.add(0L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(1)).add(Reading.at("b", 2)).add(at(12)).add(at(25)).expectNoRows();
    query.add(Reading.at("c", 100)).restart().expectNoRows();

    query.query().release("b");
    query.drain().expectNoRows();
    badRows.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=1", "a[10,20)=1", "a[20,30)=1").expectGroups(1);
    assertThat(letters.rows()).hasSize(1);
  }

  @Test
  void park_inUpdateMode_emitsTheWindowsOfThePendingEvents() {
    mode = OutputMode.UPDATE;
    badEvents.add(2L);
    StreamingQueryHarness<Reading, String> query = query(TENS, ErrorPolicy.park());
    query.add(at(1)).expectRows("a[0,10)=1");
    query.add(at(2)).add(Reading.at("b", 100)).expectRows("b[100,110)=1");

    badEvents.clear();
    query.query().redrive("a");
    query.drain().expectRows("a[0,10)=2").expectGroups(1);
  }

  private StreamingQueryHarness<Reading, String> query(
      Windows<? super Reading> windows, ErrorPolicy policy) {
    Aggregate<Reading, Long> count = Aggregates.countIf(this::isGood);
    return start(
        readings ->
            readings
                .withWatermark(Reading::time, seconds(0))
                .groupBy(Reading::key, windows)
                .aggregate(
                    count,
                    (key, window, events) -> {
                      if (badRows.contains(window.start().getEpochSecond())) {
                        throw new IllegalStateException("row is bad");
                      }
                      return key + text(window) + "=" + events;
                    })
                .outputMode(mode),
        builder -> builder.onError(policy).deadLettersTo(letters).maxEventsPerEpoch(perEpoch));
  }

  private boolean isGood(Reading event) {
    if (badEvents.contains(event.second())) {
      throw new IllegalStateException(event.second() + " is bad");
    }
    return true;
  }
}
