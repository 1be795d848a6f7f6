package io.vellamo.benchmarks.vellamo;

import static io.vellamo.benchmarks.vellamo.CountInProcessingTime.COUNT;
import static io.vellamo.benchmarks.vellamo.CountInProcessingTime.INPUT_END;
import static io.vellamo.benchmarks.vellamo.CountInProcessingTime.WINDOW_END;

import io.vellamo.api.query.OutputMode;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ProcessorHarness;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CountInProcessingTimeTest {
  private static final Instant WINDOW = Instant.ofEpochMilli(1_000_000_000);
  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final Instant LATEST = END_OF_TIME.minusMillis(1);
  private static final long KEY = 7;

  @Test
  void window_thatEndsWithoutEvents_isClosedByItsTimer() {
    twoEvents()
        .expectValue(KEY, COUNT, 2L)
        .expectTimers(KEY, WINDOW_END, WINDOW.plusMillis(10_000))
        .expectTimers(KEY, INPUT_END, LATEST)
        .advanceProcessingTime(Duration.ofMillis(3_999))
        .expectNoRows()
        .advanceProcessingTime(Duration.ofMillis(1))
        .expectRows(row(0, 2))
        .expectNothingKept()
        .verify();
  }

  @Test
  void window_thatEndsBeforeEventsOfALaterOne_isClosedWithoutThem() {
    MemorySource<NexmarkEvent> source = MemorySource.create();
    MemorySink<Row> sink = MemorySink.create();
    StreamingQueryHarness<NexmarkEvent, Row> query =
        StreamingQueryHarness.start(
            bids -> source.addTo(0, bids),
            sink::rows,
            start -> GeneratedQueries.bidsOfBidders(start.from(source)).to(sink));

    query.add(bid(), bid()).advance(Duration.ofSeconds(9)).add(bid()).stop();
    query.add(bid()).advance(Duration.ofSeconds(21)).resume();
    query.expectRows(new Row(KEY, 0, 3, 0, 0)).expectGroups(1);
    query.advance(Duration.ofSeconds(10)).expectRows(new Row(KEY, 30_000, 1, 0, 0));
    query.expectGroups(0).close();
  }

  @Test
  void endOfInput_closesTheOpenWindow() {
    twoEvents().advanceWatermark(END_OF_TIME).expectRows(row(0, 2)).expectNothingKept().verify();
  }

  private static ProcessorHarness<Long, String, Row> twoEvents() {
    return ProcessorHarness.process(OutputMode.APPEND, new CountInProcessingTime<String>())
        .startAt(WINDOW.plusMillis(6_000))
        .event(KEY, "first")
        .event(KEY, "second")
        .endEpoch();
  }

  private static NexmarkEvent bid() {
    return new NexmarkEvent.Bid(1, KEY, 100, WINDOW.toEpochMilli());
  }

  private static Row row(long afterMillis, long count) {
    return new Row(KEY, WINDOW.toEpochMilli() + afterMillis, count, 0, 0);
  }
}
