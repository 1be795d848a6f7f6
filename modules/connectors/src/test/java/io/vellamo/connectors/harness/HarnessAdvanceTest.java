package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A clock that a harness moves runs each epoch that becomes due, at its own moment. */
final class HarnessAdvanceTest {
  private final MemorySink<String> rows = MemorySink.create();

  @Test
  void timeouts_thatSetTheNext_fireEachAtItsMoment() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());
    query.add("a").expectNoRows();

    query.advance(Duration.ofSeconds(100));

    // A timeout fires once the clock has passed it, and is then set again.
    query.expectRows(
        LongStream.rangeClosed(1, 9).mapToObj(n -> "a@" + n * 10_001).toArray(String[]::new));
    query.advance(Duration.ofMillis(9)).expectNoRows();
    query.advance(Duration.ofMillis(1)).expectRows("a@100010").close();
  }

  @Test
  void timeouts_ofSeveralGroups_fireInTheOrderOfTheirMoments() {
    StreamingQueryHarness<String, String> query = start(Trigger.asap());
    query.add("a").advance(Duration.ofSeconds(3)).add("b").expectNoRows();

    query.advance(Duration.ofSeconds(21));

    query.expectRows("a@10001", "b@13001", "a@20002", "b@23002");
    assertThat(times(query)).containsExactly(0L, 3_000L, 10_001L, 13_001L, 20_002L, 23_002L);
    query.close();
  }

  @Test
  void triggerOfAnInterval_runsItsEpochsAtItsMoments() {
    StreamingQueryHarness<String, String> query =
        start(Trigger.processingTime(Duration.ofSeconds(4)));
    query.add("a", "b").expectNoRows().expectGroups(0);
    query.advance(Duration.ofMillis(3_999)).expectGroups(0);
    query.advance(Duration.ofMillis(1)).expectGroups(2).add("c").expectGroups(2);

    query.advance(Duration.ofSeconds(16));

    query.expectRows("a@16000", "b@16000", "c@20000").expectGroups(3);
    assertThat(times(query)).containsExactly(4_000L, 8_000L, 16_000L, 20_000L);
    query.close();
  }

  private static List<Long> times(StreamingQueryHarness<?, ?> query) {
    return query.query().recentProgress().stream()
        .map(StreamingQueryProgress::timestamp)
        .map(Instant::toEpochMilli)
        .toList();
  }

  private StreamingQueryHarness<String, String> start(Trigger trigger) {
    MemorySource<String> words = MemorySource.create();
    return StreamingQueryHarness.start(
        events -> words.addTo(0, events),
        rows::rows,
        start ->
            start
                .from(words)
                .groupByKey(word -> word)
                .flatMapGroupsWithState(
                    OutputMode.APPEND,
                    GroupStateTimeout.PROCESSING_TIME,
                    Long.class,
                    HarnessAdvanceTest::beat)
                .to(rows)
                .trigger(trigger));
  }

  /** Emits the moment of each timeout, and sets the next ten seconds after it. */
  private static Iterator<String> beat(
      String word, Iterator<String> events, GroupState<Long> state) {
    state.update(0L);
    state.setTimeoutDuration(Duration.ofSeconds(10));
    return state.hasTimedOut()
        ? List.of(word + "@" + state.currentProcessingTime().toEpochMilli()).iterator()
        : List.<String>of().iterator();
  }
}
