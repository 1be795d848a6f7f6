package io.vellamo.connectors.aggregate;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.aggregate.JanuaryFlights.Flight;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows of half a million real flights, compared with plain counts; skipped without the data.
 *
 * <p>The delay of the watermark covers the disorder of the flights exactly.
 */
final class JanuaryFlightsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);

  private static @Nullable JanuaryFlights flights;

  /** The order in which flights arrive. */
  private enum Order {
    DEPARTURE,
    REPORT
  }

  /** A row: the flights from an airport in a window. */
  record Count(String origin, Instant start, Instant end, long flights) {
    static Count of(String origin, Window window, long flights) {
      return new Count(origin, window.start(), window.end(), flights);
    }
  }

  @BeforeAll
  static void find() throws IOException {
    Optional<JanuaryFlights> found = JanuaryFlights.find();
    assumeTrue(found.isPresent(), "the flights of January 2001 are not beside the project");
    flights = found.get();
  }

  @AfterAll
  static void forget() {
    flights = null; // half a million objects
  }

  @Test
  void flights_haveTheKnownDisorder() {
    Instant latest = Instant.MIN;
    Duration disorder = Duration.ZERO;
    for (Flight flight : inOrder(Order.REPORT)) {
      Instant departure = flight.departure();
      if (departure.isAfter(latest)) {
        latest = departure;
      } else if (Duration.between(departure, latest).compareTo(disorder) > 0) {
        disorder = Duration.between(departure, latest);
      }
    }

    assertThat(disorder).isEqualTo(JanuaryFlights.DISORDER);
  }

  @ParameterizedTest
  @CsvSource({
    "APPEND, DEPARTURE, 50000, 1",
    "APPEND, REPORT, 600000, 1",
    "APPEND, REPORT, 9973, 3",
    "UPDATE, REPORT, 100000, 2"
  })
  void hours_equalAPlainCount(OutputMode mode, Order order, long eventsPerEpoch, int runs) {
    List<Count> rows = run(Window.tumbling(HOUR), mode, order, eventsPerEpoch, runs);

    Map<String, Count> last = last(rows);
    assertThat(last).hasSize(72_839).isEqualTo(counted(HOUR));
    assertThat(
            last.values().stream()
                .max(
                    comparing(Count::flights)
                        .thenComparing(Count::start, (a, b) -> b.compareTo(a))))
        .contains(
            new Count(
                "DFW",
                Instant.parse("2001-01-24T19:00:00Z"),
                Instant.parse("2001-01-24T20:00:00Z"),
                94));
    if (mode == OutputMode.APPEND) {
      assertThat(rows).hasSize(72_839);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "APPEND, DEPARTURE, 50000, 1",
    "APPEND, REPORT, 600000, 1",
    "APPEND, REPORT, 20011, 3",
    "UPDATE, REPORT, 100000, 2"
  })
  void slidingHours_equalAPlainCount(OutputMode mode, Order order, long eventsPerEpoch, int runs) {
    List<Count> rows = run(Window.sliding(HOUR, QUARTER), mode, order, eventsPerEpoch, runs);

    Map<String, Count> last = last(rows);
    assertThat(last).hasSize(290_825).isEqualTo(counted(QUARTER));
    assertThat(last.values().stream().mapToLong(Count::flights).sum()).isEqualTo(2_032_956);
    if (mode == OutputMode.APPEND) {
      assertThat(rows).hasSize(290_825);
    }
  }

  @ParameterizedTest
  @CsvSource({"DEPARTURE, 50000, 1", "REPORT, 600000, 1", "REPORT, 20011, 3"})
  void sessionsOfAirports_equalAPlainCount(Order order, long eventsPerEpoch, int runs) {
    List<Count> rows = run(Window.session(HOUR), OutputMode.APPEND, order, eventsPerEpoch, runs);

    assertThat(rows).hasSize(25_376);
    assertThat(last(rows)).isEqualTo(sessions());
  }

  private static List<Flight> inOrder(Order order) {
    JanuaryFlights known = flights;
    assumeTrue(known != null);
    return order == Order.REPORT ? known.asReported() : known.all();
  }

  /**
   * Returns the rows of a query.
   *
   * @param runs the number of runs, between which the query is restarted; each gets a part of the
   *     flights
   */
  private static List<Count> run(
      Windows<Object> windows, OutputMode mode, Order order, long eventsPerEpoch, int runs) {
    MemorySource<Flight> source = MemorySource.create();
    MemorySink<Count> rows = MemorySink.create();
    List<Flight> all = inOrder(order);
    int part = all.size() / runs;
    source.addTo(0, all.subList(0, part));
    List<Trigger> trigger = new ArrayList<>(List.of(runs == 1 ? Trigger.drain() : Trigger.asap()));
    Duration delay = order == Order.REPORT ? JanuaryFlights.DISORDER : Duration.ZERO;
    StreamingQueryHarness<Flight, Count> query =
        StreamingQueryHarness.start(
            events -> source.addTo(0, events),
            rows::rows,
            begin ->
                counting(begin, source, delay, windows, mode, rows)
                    .maxEventsPerEpoch(eventsPerEpoch)
                    .trigger(trigger.get(0)));
    for (int run = 2; run <= runs; run++) {
      query.stop();
      source.addTo(0, all.subList((run - 1) * part, run == runs ? all.size() : run * part));
      trigger.set(0, run == runs ? Trigger.drain() : Trigger.asap());
      query.resume();
    }
    query.expectEnded().expectLate(0);
    query.close();
    return rows.rows();
  }

  private static QueryBuilder counting(
      QueryStart begin,
      MemorySource<Flight> source,
      Duration delay,
      Windows<Object> windows,
      OutputMode mode,
      MemorySink<Count> rows) {
    return begin
        .from(source)
        .withWatermark(Flight::departure, delay)
        .groupBy(Flight::origin, windows)
        .aggregate(Aggregates.count(), Count::of)
        .outputMode(mode)
        .to(rows);
  }

  /** Returns the last row of each airport and window. */
  private static Map<String, Count> last(List<Count> rows) {
    Map<String, Count> last = new HashMap<>();
    rows.forEach(row -> last.put(row.origin() + row.start(), row));
    return last;
  }

  /** Counts without Vellamo, for hours that begin at regular intervals. */
  private static Map<String, Count> counted(Duration slide) {
    Map<String, Count> counts = new HashMap<>();
    for (Flight flight : inOrder(Order.DEPARTURE)) {
      long time = flight.departure().toEpochMilli();
      long start = time - time % slide.toMillis();
      for (; start + HOUR.toMillis() > time; start -= slide.toMillis()) {
        Instant from = Instant.ofEpochMilli(start);
        counts.merge(
            flight.origin() + from,
            new Count(flight.origin(), from, from.plus(HOUR), 1),
            (sum, one) ->
                new Count(sum.origin(), sum.start(), sum.end(), sum.flights() + one.flights()));
      }
    }
    return counts;
  }

  /** Finds the sessions without Vellamo. */
  private static Map<String, Count> sessions() {
    List<Count> sessions = new ArrayList<>();
    inOrder(Order.DEPARTURE).stream()
        .collect(groupingBy(Flight::origin))
        .forEach(
            (origin, departures) -> {
              Instant start = departures.get(0).departure();
              Instant end = start;
              long count = 0;
              for (Flight flight : departures) {
                if (flight.departure().isAfter(end.plus(HOUR))) {
                  sessions.add(new Count(origin, start, end.plus(HOUR), count));
                  start = flight.departure();
                  count = 0;
                }
                end = flight.departure();
                count++;
              }
              sessions.add(new Count(origin, start, end.plus(HOUR), count));
            });
    return last(sessions);
  }
}
