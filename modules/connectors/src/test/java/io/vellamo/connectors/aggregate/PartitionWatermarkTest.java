package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Windows over a source with two partitions: readings of key {@code b} are in the second. */
final class PartitionWatermarkTest {
  private static final WatermarkStrategy NO_DELAY = WatermarkStrategy.delay(seconds(0));

  private final MemorySource<Reading> source = MemorySource.create(2);
  private final MemorySink<String> rows = MemorySink.create();

  @Test
  void commonWatermark_makesThePartitionBehindLate() {
    StreamingQueryHarness<Reading, String> query = start(NO_DELAY, 100);

    query.add(reading("a", 100), reading("b", 1)).add(reading("b", 2)).expectLate(1);
  }

  @Test
  void ownWatermarks_keepThePartitionBehindInTime_alsoAfterARestart() {
    StreamingQueryHarness<Reading, String> query = start(NO_DELAY.perPartition(), 100);
    query.add(reading("a", 100), reading("b", 1)).add(reading("a", 200)).expectNoRows();

    query.restart().add(reading("b", 2)).expectLate(0).expectNoRows();
    query.add(reading("b", 110)).expectRows("a[100,110)=1", "b[0,10)=2");
    assertThat(watermark(query).explanation())
        .isEqualTo(
            "The watermark is [1970-01-01T00:01:50Z]: it stands at [1970-01-01T00:01:50Z], held back by partition [memory-1] at [1970-01-01T00:01:50Z]; [0] of [2] partitions are idle");
  }

  @Test
  void silentPartition_holdsNothingBack() {
    StreamingQueryHarness<Reading, String> query =
        start(NO_DELAY.perPartition().idleAfter(seconds(30)), 100);
    query.add(reading("a", 100), reading("b", 1));
    query.advance(seconds(20)).add(reading("a", 200)).expectNoRows();

    query.advance(seconds(10)).expectRows("a[100,110)=1", "b[0,10)=1");
    assertThat(watermark(query).inputs().get(0).partitions())
        .extracting(WatermarkReport.Partition::idle)
        .containsExactly(false, true);
  }

  @Test
  void backlog_ofThePartitionAhead_isReadAfterThatBehind() {
    StreamingQueryHarness<Reading, String> query = start(NO_DELAY.maxPartitionSkew(seconds(20)), 2);
    query.add(
        reading("a", 0),
        reading("a", 100),
        reading("a", 200),
        reading("b", 0),
        reading("b", 10),
        reading("b", 20),
        reading("b", 90),
        reading("b", 201));

    query.expectLate(0).expectGroups(2);
    assertThat(rows.rows())
        .containsExactlyInAnyOrder(
            "a[0,10)=1", "b[0,10)=1", "b[10,20)=1", "b[20,30)=1", "b[90,100)=1", "a[100,110)=1");
  }

  private void add(List<Reading> readings) {
    Map<Integer, List<Reading>> byPartition = new TreeMap<>();
    for (Reading reading : readings) {
      byPartition
          .computeIfAbsent(reading.key().equals("b") ? 1 : 0, none -> new ArrayList<>())
          .add(reading);
    }
    byPartition.forEach(source::addTo);
  }

  private StreamingQueryHarness<Reading, String> start(
      WatermarkStrategy strategy, long mostEvents) {
    return StreamingQueryHarness.start(
        this::add, rows::rows, begin -> counts(begin, strategy).maxEventsPerEpoch(mostEvents));
  }

  private QueryBuilder counts(QueryStart begin, WatermarkStrategy strategy) {
    return begin
        .from(source)
        .withWatermark(Reading::time, strategy)
        .groupBy(Reading::key, Window.tumbling(seconds(10)))
        .aggregate(Aggregates.count(), AggregationRun::row)
        .to(rows);
  }

  private static WatermarkReport watermark(StreamingQueryHarness<Reading, String> query) {
    return query.query().watermark().orElseThrow();
  }

  private static Reading reading(String key, long second) {
    return Reading.at(key, second);
  }
}
