package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static io.vellamo.connectors.aggregate.AggregationRun.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events in any order within the delay, in any epochs, with restarts anywhere: the rows are those
 * of all events at once.
 */
final class AggregationPropertiesTest {
  private static final int DELAY = 20;
  private static final long END = 1_000_001;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void windows_inAppendMode(long seed) {
    Random random = new Random(seed);
    TimeWindows windows = anyWindows(random);
    List<Reading> events = events(random, -100, 200);

    List<String> rows = run(random, events, windows, OutputMode.APPEND);

    assertThat(rows)
        .as("%s, seed %d", windows, seed)
        .containsExactlyInAnyOrderElementsOf(expected(events, windows));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void windows_inUpdateMode_lastRowOfEach(long seed) {
    Random random = new Random(seed);
    TimeWindows windows = anyWindows(random);
    List<Reading> events = events(random, -100, 200);

    Map<String, String> last = new TreeMap<>();
    for (String row : run(random, events, windows, OutputMode.UPDATE)) {
      last.put(row.substring(0, row.indexOf('=')), row);
    }

    assertThat(last.values().stream().filter(row -> !row.startsWith("end")))
        .as("%s, seed %d", windows, seed)
        .containsExactlyInAnyOrderElementsOf(expected(events, windows));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
  void sessions(long seed) {
    Random random = new Random(seed);
    List<Reading> events = events(random, -100, 200);
    int gap = 1 + random.nextInt(6);

    List<String> rows = run(random, events, Window.session(seconds(gap)), OutputMode.APPEND);

    assertThat(rows)
        .as("gap %d, seed %d", gap, seed)
        .containsExactlyInAnyOrderElementsOf(expectedSessions(events, event -> gap));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
  void sessions_withGapsOfTheirEvents(long seed) {
    Random random = new Random(seed);
    List<Reading> events = events(random, -100, 200);

    List<String> rows =
        run(
            random,
            events,
            Window.session((Reading event) -> Duration.ofSeconds(gap(event))),
            OutputMode.APPEND);

    assertThat(rows)
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            expectedSessions(events, AggregationPropertiesTest::gap));
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45})
  void windowsOfWindows(long seed) {
    Random random = new Random(seed);
    TimeWindows windows = anyWindows(random);
    TimeWindows longer = Window.tumbling(seconds(50));
    List<Reading> events = events(random, -100, 200);

    List<String> rows =
        run(
            random,
            events,
            readings ->
                readings
                    .groupBy(Reading::key, windows)
                    .aggregate(Aggregates.count(), AggregationChainsTest.Counted::new)
                    .named("short")
                    .groupBy(AggregationChainsTest.Counted::key, longer)
                    .aggregate(
                        Numbers.sum(AggregationChainsTest.Counted::count), AggregationRun::row)
                    .named("long"));

    Map<String, Long> sums = new TreeMap<>();
    for (Reading event : events) {
      for (long start : starts(event.second(), windows)) {
        long end = start + windows.widthMillis() / 1000;
        long of = Math.floorDiv(end * 1000 - 1, 50_000L) * 50;
        sums.merge(event.key() + "[" + of + "," + (of + 50) + ")", 1L, Long::sum);
      }
    }
    assertThat(rows)
        .as("%s, seed %d", windows, seed)
        .containsExactlyInAnyOrderElementsOf(
            sums.entrySet().stream().map(sum -> sum.getKey() + "=" + sum.getValue()).toList());
  }

  private static TimeWindows anyWindows(Random random) {
    int width = 1 + random.nextInt(30);
    int slide = 1 + random.nextInt(width);
    return Window.sliding(seconds(width), seconds(slide))
        .withOffset(seconds(random.nextInt(2 * slide - 1) - (slide - 1L)));
  }

  private static long gap(Reading event) {
    return Math.floorMod(event.second() * 7, 5) - 1L;
  }

  /** Returns events in an order that the delay allows. */
  private static List<Reading> events(Random random, int from, int to) {
    record Arrival(long at, Reading reading) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (int second = from; second < to; second += random.nextInt(4)) {
      Reading reading = Reading.at("k" + random.nextInt(3), second);
      arrivals.add(new Arrival((long) second + random.nextInt(DELAY), reading));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::reading).toList();
  }

  private static List<String> run(
      Random random, List<Reading> events, Windows<? super Reading> windows, OutputMode mode) {
    // Slices of counts are stored together, those of other aggregates one by one.
    Aggregate<Reading, Long> count =
        random.nextBoolean() ? Aggregates.count() : Numbers.sum(event -> 1L);
    return run(
        random,
        events,
        readings ->
            readings
                .groupBy(Reading::key, windows)
                .aggregate(count, AggregationRun::row)
                .outputMode(mode));
  }

  private static List<String> run(
      Random random,
      List<Reading> events,
      Function<EventStream<Reading>, EventStream<String>> pipeline) {
    MemorySource<Reading> source = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    int perEpoch = 1 + random.nextInt(20);
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.start(
            all -> source.addTo(0, all),
            rows::rows,
            begin ->
                pipeline
                    .apply(begin.from(source).withWatermark(Reading::time, seconds(DELAY)))
                    .to(rows)
                    .maxEventsPerEpoch(perEpoch));
    List<Reading> batch = new ArrayList<>();
    for (Reading event : events) {
      batch.add(event);
      if (random.nextInt(8) == 0) {
        if (random.nextInt(3) == 0) {
          query.stop().add(batch.toArray(new Reading[0])).resume();
        } else {
          query.add(batch.toArray(new Reading[0]));
        }
        batch.clear();
      }
    }
    batch.add(Reading.at("end", END));
    query.add(batch.toArray(new Reading[0])).expectLate(0);
    assertThat(query.query().lastProgress().orElseThrow().state().groups()).isEqualTo(1);
    query.close();
    return rows.rows();
  }

  private static List<String> expected(List<Reading> events, TimeWindows windows) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Reading event : events) {
      for (long start : starts(event.second(), windows)) {
        Window window =
            new Window(
                Instant.ofEpochSecond(start),
                Instant.ofEpochSecond(start).plusMillis(windows.widthMillis()));
        counts.merge(event.key() + text(window), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  private static long[] starts(long second, TimeWindows windows) {
    long width = windows.widthMillis() / 1000;
    return LongStream.rangeClosed(second - width + 1, second)
        .filter(
            start ->
                Math.floorMod(start * 1000 - windows.offsetMillis(), windows.slideMillis()) == 0)
        .toArray();
  }

  private static List<String> expectedSessions(List<Reading> events, ToLongFunction<Reading> gap) {
    List<Reading> sorted = new ArrayList<>(events);
    sorted.removeIf(event -> gap.applyAsLong(event) <= 0);
    sorted.sort(Comparator.comparing(Reading::key).thenComparingLong(Reading::second));
    List<String> rows = new ArrayList<>();
    String key = "";
    long start = 0;
    long end = 0;
    int count = 0;
    for (Reading event : sorted) {
      if (!event.key().equals(key) || event.second() > end) {
        if (count > 0) {
          rows.add("%s[%d,%d)=%d".formatted(key, start, end, count));
        }
        key = event.key();
        start = event.second();
        end = event.second();
        count = 0;
      }
      end = Math.max(end, event.second() + gap.applyAsLong(event));
      count++;
    }
    rows.add("%s[%d,%d)=%d".formatted(key, start, end, count));
    return rows;
  }
}
