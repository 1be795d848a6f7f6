package io.vellamo.connectors.aggregate;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** The beginning of queries with aggregations, from a source to a sink in memory. */
final class AggregationRun {
  private AggregationRun() {}

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /**
   * Starts a query.
   *
   * @param pipeline called at every start, where it may return a changed one
   */
  static StreamingQueryHarness<Reading, String> start(
      Function<EventStream<Reading>, EventStream<String>> pipeline,
      UnaryOperator<QueryBuilder> settings) {
    MemorySource<Reading> readings = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    return StreamingQueryHarness.start(
        events -> readings.addTo(0, events),
        rows::rows,
        begin -> settings.apply(pipeline.apply(begin.from(readings)).to(rows)));
  }

  static StreamingQueryHarness<Reading, String> start(
      Function<EventStream<Reading>, EventStream<String>> pipeline) {
    return start(pipeline, UnaryOperator.identity());
  }

  /** Starts a query that counts readings by key and window. */
  static StreamingQueryHarness<Reading, String> counting(
      long delay, Windows<? super Reading> windows, OutputMode mode) {
    return start(
        readings ->
            readings
                .withWatermark(Reading::time, seconds(delay))
                .groupBy(Reading::key, windows)
                .aggregate(Aggregates.count(), AggregationRun::row)
                .outputMode(mode));
  }

  /** Returns the counts of readings by window. */
  static EventStream<String> counted(
      EventStream<Reading> readings, long delay, Windows<? super Reading> windows) {
    return readings
        .withWatermark(Reading::time, seconds(delay))
        .groupBy(windows)
        .aggregate(Aggregates.count(), (none, window, count) -> text(window) + "=" + count);
  }

  /** Returns readings at some seconds, all of one key. */
  static Reading[] at(long... seconds) {
    return LongStream.of(seconds).mapToObj(Reading::at).toArray(Reading[]::new);
  }

  /** Returns a row such as {@code a[10,15)=3}. */
  static String row(String key, Window window, Long count) {
    return key + text(window) + "=" + count;
  }

  /** Returns a window in seconds. */
  static String text(Window window) {
    return "[" + window.start().getEpochSecond() + "," + window.end().getEpochSecond() + ")";
  }
}
