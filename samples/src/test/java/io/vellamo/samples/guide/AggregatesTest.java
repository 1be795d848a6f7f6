package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Aggregates of flights by the hour, as the operator's page shows them. */
final class AggregatesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Window FIRST = new Window(NOON, NOON.plus(Duration.ofHours(1)));

  /** A flight that left some minutes after noon. */
  record Flight(String origin, long minute, double delay) {
    Instant time() {
      return NOON.plus(Duration.ofMinutes(minute));
    }
  }

  record Hour(String airport, Window hour, long flights, @Nullable Double delay) {}

  record Delays(Window hour, long flights, @Nullable Double mean, @Nullable Double spread) {}

  @Test
  void upToFourAggregates_makeARow() {
    assertThat(rows(AggregatesTest::hours)).containsExactly(new Hour("HEL", FIRST, 2, 15.0));
  }

  private static EventStream<Hour> hours(EventStream<Flight> flights) {
    EventStream<Hour> hours =
        flights
            .groupBy(Flight::origin, Window.tumbling(Duration.ofHours(1)))
            .aggregate(Aggregates.count(), Aggregates.avg(Flight::delay), Hour::new);
    return hours;
  }

  @Test
  void handles_readAnyNumberOfAggregates() {
    assertThat(rows(AggregatesTest::delays))
        .containsExactly(new Delays(FIRST, 2, 15.0, Math.sqrt(50)));
  }

  private static EventStream<Delays> delays(EventStream<Flight> stream) {
    var flights = Aggregates.<Flight>count();
    var delay = Aggregates.statistics(Flight::delay);
    var mean = delay.mean();
    var spread = delay.stddev();

    EventStream<Delays> delays =
        stream
            .groupBy(Flight::origin, Window.tumbling(Duration.ofHours(1)))
            .aggregate(flights, mean, spread)
            .as(r -> new Delays(r.window(), r.get(flights), r.get(mean), r.get(spread)));
    return delays;
  }

  private static <R> List<R> rows(Function<EventStream<Flight>, EventStream<R>> aggregation) {
    MemorySource<Flight> flights = MemorySource.create();
    MemorySink<R> rows = MemorySink.create();
    StreamingQueryHarness.<Flight, R>start(
            events -> flights.addTo(0, events),
            rows::rows,
            begin ->
                aggregation
                    .apply(begin.from(flights).withWatermark(Flight::time, Duration.ZERO))
                    .to(rows))
        .add(new Flight("HEL", 10, 10), new Flight("HEL", 20, 20), new Flight("OUL", 60, 0));
    return rows.rows();
  }
}
