package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @Test
  void query_isDescribedFromItsSourceToItsSink() {
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.start(
            events -> readings.addTo(0, events),
            rows::rows,
            start ->
                start
                    .from(readings)
                    .filter(reading -> reading.value() > 0)
                    .withWatermark(Reading::time, seconds(10))
                    .groupBy(Reading::key, Window.tumbling(seconds(10)))
                    .aggregate(Aggregates.count(), AggregationRun::row)
                    .named("counts")
                    .map(String::length)
                    .groupByKey(length -> length)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.PROCESSING_TIME,
                        Integer.class,
                        (length, lengths, state) -> Collections.<String>emptyIterator())
                    .named("lengths")
                    .to(rows));

    assertThat(query.query().explain().lines())
        .containsExactly(
            "query [under-test]: delivers rows exactly once",
            "source [Memory]: can be read again after a crash → filter → WatermarkStrategy[delay PT10S] → [counts]",
            "watermark: follows [Memory]",
            "operator [counts]: mode append, timeouts in event time, late events are dropped → map → [lengths]",
            "operator [lengths]: mode append, timeouts in processing time → sink",
            "sink [Memory]: idempotent, with one writer");
    query.close();
  }
}
