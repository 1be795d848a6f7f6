package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queries in mode COMPLETE whose shards, runs, journals and sinks fail. */
final class CompleteSimulationTest {
  private static final int SEEDS = 150;
  private static final int KEYS = 7;
  private static final List<Integer> EVENTS = IntStream.range(0, 90).boxed().toList();

  @Test
  void groups_areAllInTheLastResult() {
    Map<String, Integer> expected = new TreeMap<>();
    EVENTS.forEach(event -> expected.merge(key(event), 1, Integer::sum));
    verify(
        expected,
        events ->
            events
                .groupByKey(CompleteSimulationTest::key)
                .aggregate(Aggregates.count(), (key, count) -> key + "=" + count));
  }

  @Test
  void windows_areAllInTheLastResult() {
    Map<String, Integer> expected = new TreeMap<>();
    EVENTS.forEach(event -> expected.merge(key(event) + "@" + event / 20 * 20, 1, Integer::sum));
    verify(
        expected,
        events ->
            events
                .withWatermark(Instant::ofEpochSecond, Duration.ofSeconds(5))
                .groupBy(CompleteSimulationTest::key, Window.tumbling(Duration.ofSeconds(20)))
                .aggregate(
                    Aggregates.count(),
                    (key, window, count) ->
                        key + "@" + window.start().getEpochSecond() + "=" + count));
  }

  private static String key(Integer event) {
    return "k" + event * event % KEYS;
  }

  private static void verify(
      Map<String, Integer> expected,
      Function<EventStream<Integer>, EventStream<String>> aggregation) {
    AtomicInteger checked = new AtomicInteger();
    SimulatedQuery.of(
            world -> {
              SimulatedSink<String> sink = world.sink(SinkGuarantee.IDEMPOTENT);
              world.afterwards(
                  () -> {
                    checked.incrementAndGet();
                    assertThat(last(sink))
                        .containsExactlyInAnyOrderElementsOf(
                            expected.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .toList());
                  });
              return aggregation
                  .apply(world.query("result").from(world.source(EVENTS)))
                  .outputMode(OutputMode.COMPLETE)
                  .to(sink)
                  .maxEventsPerEpoch(9);
            })
        .seeds(1, SEEDS)
        .verify();
    assertThat(checked).hasValue(SEEDS);
  }

  private static List<String> last(SimulatedSink<String> sink) {
    long last = sink.written().stream().mapToLong(FailingSink.Written::epoch).max().orElse(0);
    return sink.written().stream()
        .filter(row -> row.epoch() == last)
        .map(FailingSink.Written::row)
        .toList();
  }
}
