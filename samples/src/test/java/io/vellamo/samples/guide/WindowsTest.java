package io.vellamo.samples.guide;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.AggregatorHarness;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests of windows and of an aggregator alone, as the guide shows them. */
final class WindowsTest {
  /** A reading of a device at a second. */
  record Reading(String key, long second) {
    static Reading at(String key, long second) {
      return new Reading(key, second);
    }

    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  /** The length of the longest word. */
  static final class Longest implements Aggregator<String, Integer, Integer> {
    @Override
    public Integer zero() {
      return 0;
    }

    @Override
    public Integer reduce(Integer longest, String word) {
      return Math.max(longest, word.length());
    }

    @Override
    public Integer merge(Integer left, Integer right) {
      return Math.max(left, right);
    }

    @Override
    public Integer finish(Integer longest) {
      return longest;
    }

    @Override
    public StateType<Integer> bufferType() {
      return StateType.of(Integer.class);
    }
  }

  @Test
  void windows_areClosedByLaterEvents() {
    MemorySource<Reading> readings = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.start(
            events -> readings.addTo(0, events),
            rows::rows,
            begin ->
                begin
                    .from(readings)
                    .withWatermark(Reading::time, Duration.ofSeconds(10))
                    .groupBy(Reading::key, Window.tumbling(Duration.ofSeconds(5)))
                    .aggregate(Aggregates.count(), WindowsTest::row)
                    .to(rows));

    query.add(Reading.at("a", 10), Reading.at("a", 11)).expectNoRows();
    query.add(Reading.at("b", 40)).expectRows("a[10,15)=2");
  }

  private static String row(String key, Window window, long count) {
    long start = window.start().getEpochSecond();
    return "%s[%d,%d)=%d".formatted(key, start, window.end().getEpochSecond(), count);
  }

  @Test
  void longest_obeysTheLaws() {
    AggregatorHarness.of(new Longest()).check("a", "bbb", "cc");
  }
}
