package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static io.vellamo.connectors.aggregate.AggregationRun.text;

import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import org.junit.jupiter.api.Test;

/** Events of a window, reduced to one. */
final class ReduceWindowsTest {
  @Test
  void reduceGroups_ofWindows_keepsOneEventOfEach() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, Window.tumbling(seconds(10)))
                    .reduceGroups(
                        Reading.class,
                        (one, other) -> one.value() >= other.value() ? one : other,
                        (key, window, largest) -> key + text(window) + "=" + largest.value()));

    query.add(new Reading("a", 1, 5), new Reading("a", 2, 7));
    query.add(new Reading("a", 9, 6), new Reading("a", 11, 1));
    query.expectRows("a[0,10)=7.0");
  }
}
