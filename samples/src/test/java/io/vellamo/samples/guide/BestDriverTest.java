package io.vellamo.samples.guide;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The chain of two aggregations by windows, as the page on windows shows it. */
final class BestDriverTest {
  record Tip(String driver, double amount, Instant time) {}

  record Hour(String driver, Window hour, double tips) {}

  record Best(Window hour, String driver, double tips) {}

  private static EventStream<Best> best(EventStream<Tip> tips) {
    Duration hour = Duration.ofHours(1);
    return tips.withWatermark(Tip::time, Duration.ofMinutes(5))
        .groupBy(Tip::driver, Window.tumbling(hour))
        .aggregate(Aggregates.sum(Tip::amount), Hour::new)
        .named("tips-per-driver")
        .groupBy(Window.tumbling(hour))
        .reduceGroups(
            Hour.class,
            (a, b) -> a.tips() >= b.tips() ? a : b,
            (none, window, top) -> new Best(window, top.driver(), top.tips()))
        .named("best-driver");
  }

  @Test
  void bestDriver_isEmittedInTheEpochOfItsHour() {
    MemorySource<Tip> tips = MemorySource.create();
    MemorySink<Best> rows = MemorySink.create();
    StreamingQueryHarness<Tip, Best> query =
        StreamingQueryHarness.start(
            events -> tips.addTo(0, events), rows::rows, begin -> best(begin.from(tips)).to(rows));
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    Instant one = noon.plus(Duration.ofHours(1));

    query.add(new Tip("anna", 3, noon), new Tip("ben", 2, noon), new Tip("ben", 2, noon));
    query.expectNoRows();
    query.add(new Tip("anna", 1, one.plus(Duration.ofMinutes(5))));
    query.expectRows(new Best(new Window(noon, one), "ben", 4));
  }
}
