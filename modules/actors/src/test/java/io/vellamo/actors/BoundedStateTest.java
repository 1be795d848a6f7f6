package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An hour of event time in windows over 1,000 keys keeps as much state as its first minutes. */
final class BoundedStateTest {
  private static final int KEYS = 1_000;
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final long END_SECOND = 10_000;

  record Tick(String key, long second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  private final MemorySource<Tick> ticks = MemorySource.create();

  @ParameterizedTest
  @CsvSource({"actor, tumbling", "inline, sliding"})
  void hour_ofAThousandKeys_keepsConstantState(String hosting, String kind) throws Exception {
    Windows<Object> windows =
        kind.equals("tumbling") ? Window.tumbling(TEN) : Window.sliding(TEN.multipliedBy(12), TEN);
    List<Long> bytes = new ArrayList<>();
    try (TestSystem system = TestSystem.start("vellamo.query.hosting = " + hosting)) {
      StreamingQuery query = query(system, windows);
      for (int minute = 0; minute < 60; minute++) {
        ticks.add(minute(minute));
        query.processAllAvailable();
        StateCounts state = state(query);
        assertThat(state.groups()).isEqualTo(KEYS);
        bytes.add(state.bytes());
      }
      ticks.add(new Tick("end", END_SECOND));
      query.processAllAvailable();
      assertThat(state(query).groups()).isEqualTo(1);
      assertThat(state(query).bytes()).isBetween(1L, 1_000L);
      query.stop();
    }

    // From the third minute on, the oldest slices leave as fast as new ones come.
    long early = bytes.get(3);
    assertThat(bytes.subList(4, 60))
        .allSatisfy(later -> assertThat(later).isBetween(early * 9 / 10, early * 11 / 10));
  }

  /** Returns an event of each key in each of the six windows of a minute. */
  private static Tick[] minute(int minute) {
    return IntStream.range(0, 6 * KEYS)
        .mapToObj(i -> new Tick("key" + i % KEYS, 60 * minute + 10 * (i / KEYS) + i % 10))
        .toArray(Tick[]::new);
  }

  private static StateCounts state(StreamingQuery query) {
    return query.lastProgress().orElseThrow().operators().get(0).state();
  }

  private StreamingQuery query(TestSystem system, Windows<Object> windows) {
    return system
        .vellamo()
        .query("ticks")
        .from(ticks)
        .withWatermark(Tick::time, TEN)
        .groupBy(Tick::key, windows)
        .aggregate(Aggregates.count(), (key, window, count) -> count)
        .outputMode(OutputMode.APPEND)
        .to(Foreach.each(row -> {}))
        .start();
  }
}
