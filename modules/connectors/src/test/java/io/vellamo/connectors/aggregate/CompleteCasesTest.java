package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.text;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spark's cases of the whole result, by their identifiers. */
final class CompleteCasesTest {
  /** A line of words at an event time. */
  record Line(long second, String words) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }

    List<String> split() {
      return Arrays.asList(words.split(" "));
    }
  }

  @Test
  void s01_sessionsOfWords_areAllThere() {
    MemorySource<Line> lines = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Line, String> query =
        StreamingQueryHarness.start(
            events -> lines.addTo(0, events),
            rows::rows,
            begin ->
                begin
                    .from(lines)
                    .withWatermark(Line::time, seconds(30))
                    .flatMap(Line::split)
                    .groupBy(word -> word, Window.session(seconds(10)))
                    .aggregate(Aggregates.count(), CompleteCasesTest::row)
                    .outputMode(OutputMode.COMPLETE)
                    .to(rows));

    query
        .add(
            new Line(40, "hello world spark streaming"),
            new Line(41, "world hello structured streaming"))
        .expectRows(
            "hello[40,51)=2",
            "world[40,51)=2",
            "streaming[40,51)=2",
            "spark[40,50)=1",
            "structured[41,51)=1");
    query
        .add(new Line(25, "spark streaming"))
        .expectRows(
            "hello[40,51)=2",
            "world[40,51)=2",
            "streaming[40,51)=2",
            "spark[40,50)=1",
            "structured[41,51)=1",
            "spark[25,35)=1",
            "streaming[25,35)=1");
    query
        .add(new Line(30, "spark streaming"))
        .expectRows(
            "spark[25,50)=3",
            "streaming[25,51)=4",
            "hello[40,51)=2",
            "world[40,51)=2",
            "structured[41,51)=1");
    query
        .add(new Line(60, "hello apache spark"))
        .restart()
        .add(new Line(90, "structured streaming"))
        .expectRows(
            "spark[25,50)=3",
            "streaming[25,51)=4",
            "hello[40,51)=2",
            "world[40,51)=2",
            "structured[41,51)=1",
            "hello[60,70)=1",
            "apache[60,70)=1",
            "spark[60,70)=1",
            "structured[90,100)=1",
            "streaming[90,100)=1");
  }

  @Test
  void d07_sumBehindADeduplication_isAllThere() {
    MemorySource<Reading> readings = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.start(
            events -> readings.addTo(0, events),
            rows::rows,
            begin ->
                begin
                    .from(readings)
                    .dropDuplicates(reading -> reading.key() + reading.value())
                    .named("distinct")
                    .groupByKey(Reading::key)
                    .aggregate(Aggregates.sum(Reading::value), (key, sum) -> key + "=" + sum)
                    .outputMode(OutputMode.COMPLETE)
                    .named("sums")
                    .to(rows));

    query.add(new Reading("a", 0, 1)).expectRows("a=1.0");
    query.add(new Reading("a", 0, 1)).expectRows("a=1.0");
    query.add(new Reading("a", 0, 2)).expectRows("a=3.0");
    query.add(new Reading("b", 0, 1)).expectRows("a=3.0", "b=1.0");
  }

  private static String row(String word, Window window, Long count) {
    return word + text(window) + "=" + count;
  }
}
