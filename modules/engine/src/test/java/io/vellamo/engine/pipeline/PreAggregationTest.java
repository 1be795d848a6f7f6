package io.vellamo.engine.pipeline;

import static io.vellamo.engine.pipeline.Plans.query;
import static io.vellamo.engine.pipeline.Plans.watermark;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.Plans.Reading;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of aggregations that are reduced before they reach their groups. */
final class PreAggregationTest {
  private static final Windows<Object> TENS = Window.tumbling(Duration.ofMillis(10));

  private final List<Aggregator<Object, Object, ?>> aggregators = new ArrayList<>();
  private @Nullable Windows<?> windows = TENS;
  private boolean keepsEvents;

  @Test
  void eventsOfOneSlice_becomeOneResult_andAreCountedOneByOne() {
    RoutedEpoch routed = route(reading("a", 1001), reading("a", 1009), reading("a", 1005));

    ShardEvents only = only(routed);
    assertThat(only.events()).hasSize(1).hasOnlyElementsOfType(PartialResult.class);
    assertThat(only.sizeBeforeReduction()).isEqualTo(3);
    assertThat(routed.events()).isEqualTo(new EventCounts(3, 0, 0));
  }

  @Test
  void resultsOfSlicesAndGroups_areApart_inTheOrderOfTheirFirstEvents() {
    RoutedEpoch routed =
        route(
            reading("b", 1001),
            reading("a", 1001),
            reading("b", 1011),
            reading("b", 1002),
            reading("a", 1003));

    assertThat(all(routed)).hasSize(3).hasOnlyElementsOfType(PartialResult.class);
  }

  @Test
  void manySlicesOfOneGroup_areApart() {
    int slices = 600;
    Reading[] readings = new Reading[2 * slices];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = reading("a", 1000 + 10 * (i % slices));
    }

    assertThat(all(route(readings))).hasSize(slices).hasOnlyElementsOfType(PartialResult.class);
  }

  @Test
  void groupsWithoutWindows_haveOneResult() {
    windows = null;

    assertThat(all(route(reading("a", 1), reading("a", null), reading("a", 99)))).hasSize(1);
  }

  @Test
  void eventsWithoutEventTime_reachTheirGroup() {
    assertThat(all(route(reading("a", 1001), reading("a", null), reading("a", null))))
        .hasSize(3)
        .endsWith(reading("a", null), reading("a", null));
  }

  @Test
  void lateEvents_areCountedOneByOne() {
    RoutedEpoch routed = route(reading("a", 989), reading("a", 989), reading("a", 1001));

    assertThat(routed.events()).isEqualTo(new EventCounts(1, 2, 0));
    assertThat(routed.late(0)).isEqualTo(2);
  }

  @Test
  void eventsThatAreKept_reachTheirGroup() {
    keepsEvents = true;

    assertThat(all(route(reading("a", 1001), reading("a", 1002))))
        .containsExactly(reading("a", 1001), reading("a", 1002));
  }

  @Test
  void eventsOfAnAggregateThatDependsOnTheirOrder_reachTheirGroup() {
    add(Aggregates.first(event -> ((Reading) event).millis(), Long.class).aggregator());

    assertThat(all(route(reading("a", 1001), reading("a", 1002)))).hasSize(2);
  }

  @Test
  void eventsOfSessions_reachTheirGroup() {
    windows = Window.session(Duration.ofMillis(10));

    assertThat(all(route(reading("a", 1001), reading("a", 1002)))).hasSize(2);
  }

  @Test
  void firstEventsWithManyResults_endTheReduction() {
    Reading[] readings = new Reading[2 * PartialResults.SAMPLE];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = reading("k" + Math.min(i, PartialResults.MOST_RESULTS), 1001);
    }
    List<Object> all = all(route(readings));

    assertThat(all).hasSize(PartialResults.MOST_RESULTS + 1 + PartialResults.SAMPLE);
    assertThat(all.stream().filter(PartialResult.class::isInstance))
        .hasSize(PartialResults.MOST_RESULTS + 1);
  }

  @Test
  void firstEventsWithOneResultFewer_continueTheReduction() {
    Reading[] readings = new Reading[2 * PartialResults.SAMPLE];
    for (int i = 0; i < readings.length; i++) {
      readings[i] = reading("k" + (i % PartialResults.MOST_RESULTS), 1001);
    }

    assertThat(all(route(readings)))
        .hasSize(PartialResults.MOST_RESULTS)
        .hasOnlyElementsOfType(PartialResult.class);
  }

  @Test
  void aggregatorThatThrows_failsWithThePositionOfItsEvent() {
    add(
        Aggregates.sumOfLongs(
                (Object event) -> {
                  if (requireNonNull(((Reading) event).millis()) == 1002) {
                    throw new IllegalArgumentException();
                  }
                  return 1L;
                })
            .aggregator());

    assertThatExceptionOfType(EventFailure.class)
        .isThrownBy(() -> route(reading("a", 1001), reading("a", 1002)))
        .withMessage(
            "aggregate failed at source position [p0@1] with [java.lang.IllegalArgumentException]");
  }

  @SuppressWarnings("unchecked") // it takes readings
  private void add(Aggregator<?, ?, ?> aggregator) {
    aggregators.add((Aggregator<Object, Object, ?>) aggregator);
  }

  private RoutedEpoch route(Reading... readings) {
    add(Aggregates.count().aggregator());
    AggregationCode code =
        new AggregationCode(
            Optional.ofNullable(windows), aggregators, (key, window, buffers) -> "row");
    Stage.Group group =
        new Stage.Group(
            event -> ((Reading) event).key(), Optional.empty(), code.operator(false), code);
    EpochRouter router =
        new EpochRouter(
            query(watermark(0), group),
            List.of(TestCodecs.KEYS),
            1,
            Plans.epoch(Watermark.of(1000)),
            ErrorPolicy.fail(),
            EventCopies.NONE,
            keepsEvents);
    for (int i = 0; i < readings.length; i++) {
      router.event(readings[i], 0, i);
    }
    return router.finish();
  }

  private static ShardEvents only(RoutedEpoch routed) {
    return requireNonNull(routed.shards().get(0));
  }

  private static List<Object> all(RoutedEpoch routed) {
    return List.copyOf(only(routed).events());
  }

  private static Reading reading(String key, @Nullable Integer millis) {
    return new Reading(key, millis == null ? null : Long.valueOf(millis));
  }
}
