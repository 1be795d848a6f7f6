package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregations in a batch, compared with the rows of a drained stream of the same events. */
final class AggregationBatchTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  /** An event with the key {@code k0} or {@code k1}. */
  record Tick(String key, long second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  private final TestSystem system = TestSystem.start();
  private final MemorySource<Tick> ticks = MemorySource.create(2);
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tumbling", "sliding", "session"})
  void batch_emitsWhatADrainedStreamEmits(String kind) throws Exception {
    Windows<Object> windows =
        switch (kind) {
          case "tumbling" -> Window.tumbling(TEN);
          case "sliding" -> Window.sliding(TEN, Duration.ofSeconds(4));
          default -> Window.session(Duration.ofSeconds(2));
        };
    addTicks();

    counted(windows).to(rows).runBatch();
    List<String> ofBatch = new ArrayList<>(rows.rows());
    rows.clear();
    counted(windows).to(rows).trigger(Trigger.drain()).start().awaitTermination();

    assertThat(ofBatch).isNotEmpty().containsExactlyInAnyOrderElementsOf(rows.rows());
  }

  @Test
  void batch_ofGroupsWithoutWindows_emitsEachOnce() throws Exception {
    ticks.addTo(0, List.of(new Tick("k0", 1), new Tick("k1", 2), new Tick("k0", 3)));

    var report =
        system
            .vellamo()
            .query("all")
            .from(ticks)
            .groupByKey(Tick::key)
            .aggregate(Aggregates.count(), (key, count) -> key + count)
            .outputMode(OutputMode.UPDATE)
            .to(rows)
            .runBatch();

    assertThat(rows.rows()).containsExactlyInAnyOrder("k02", "k11");
    assertThat(report.events()).isEqualTo(new EventCounts(3, 0, 0));
  }

  @Test
  void batch_ofAllEvents_hasARow_evenWithoutEvents() throws Exception {
    all().runBatch();
    assertThat(rows.rows()).containsExactly("0");

    rows.clear();
    ticks.addTo(0, List.of(new Tick("k0", 1), new Tick("k1", 2)));
    all().runBatch();
    assertThat(rows.rows()).containsExactly("2");
  }

  @Test
  void batch_ofWindowsOfWindows() throws Exception {
    ticks.addTo(0, List.of(new Tick("k0", 1), new Tick("k1", 12), new Tick("k0", 15)));

    counted(Window.tumbling(TEN))
        .named("short")
        .groupBy(Window.tumbling(TEN.multipliedBy(6)))
        .aggregate(Aggregates.count(), (none, window, count) -> window.start() + "=" + count)
        .named("long")
        .to(rows)
        .runBatch();

    assertThat(rows.rows()).containsExactly("1970-01-01T00:00:00Z=3");
  }

  private QueryBuilder all() {
    return system
        .vellamo()
        .query("all")
        .from(ticks)
        .aggregate(Aggregates.count(), count -> "" + count)
        .outputMode(OutputMode.UPDATE)
        .to(rows);
  }

  private EventStream<String> counted(Windows<Object> windows) {
    return system
        .vellamo()
        .query("counted")
        .from(ticks)
        .withWatermark(Tick::time, Duration.ofHours(1))
        .groupBy(Tick::key, windows)
        .aggregate(Aggregates.count(), (key, window, count) -> key + window + count);
  }

  private void addTicks() {
    Random random = new Random(7);
    for (int event = 0; event < 300; event++) {
      Tick tick = new Tick("k" + random.nextInt(2), random.nextInt(400));
      ticks.addTo(random.nextInt(2), List.of(tick));
    }
  }
}
