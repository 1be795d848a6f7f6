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

  /** A flight that left at a minute. */
  record Flight(String origin, long minute, double delay) {
    Instant time() {
      return NOON.plus(Duration.ofMinutes(minute));
    }
  }

  record Hour(String airport, Window hour, long flights, @Nullable Double delay) {}

  record Spread(
      String airport, Window hour, long flights, @Nullable Double delay, @Nullable Double spread) {}

  @Test
  void upToFourAggregates_makeARow() {
    assertThat(
            hours(
                flights ->
                    flights
                        .groupBy(Flight::origin, Window.tumbling(Duration.ofHours(1)))
                        .aggregate(Aggregates.count(), Aggregates.avg(Flight::delay), Hour::new)))
        .containsExactly(new Hour("HEL", FIRST, 2, 15.0));
  }

  @Test
  void handles_readAnyNumberOfAggregates() {
    var flights = Aggregates.<Flight>count();
    var delay = Aggregates.statistics(Flight::delay);
    var mean = delay.mean();
    var spread = delay.stddevPop();

    assertThat(
            hours(
                stream ->
                    stream
                        .groupBy(Flight::origin, Window.tumbling(Duration.ofHours(1)))
                        .aggregate(flights, mean, spread)
                        .as(
                            r ->
                                new Spread(
                                    r.key(),
                                    r.window(),
                                    r.get(flights),
                                    r.get(mean),
                                    r.get(spread)))))
        .containsExactly(new Spread("HEL", FIRST, 2, 15.0, 5.0));
  }

  private static <R> List<R> hours(
      Function<EventStream<Flight>, EventStream<R>> aggregation) {
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
