package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.counting;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole result in each epoch. */
final class CompleteModeTest {
  private static final OutputMode COMPLETE = OutputMode.COMPLETE;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void e08_tumblingWindows_areAllThere_evenLateOnes(boolean restarts) {
    StreamingQueryHarness<Reading, String> query =
        counting(10, Window.tumbling(seconds(5)), COMPLETE);
    step(query, restarts, 10, 11, 12).expectRows("a[10,15)=3");
    step(query, restarts, 25).expectRows("a[10,15)=3", "a[25,30)=1");
    step(query, restarts, 25).expectRows("a[10,15)=3", "a[25,30)=2");
    step(query, restarts, 10).expectRows("a[10,15)=4", "a[25,30)=2");
    step(query, restarts, 25).expectRows("a[10,15)=4", "a[25,30)=3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slidingWindows_changeOneByOne(boolean restarts) {
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.sliding(seconds(10), seconds(5)), COMPLETE);
    step(query, restarts, 12).expectRows("a[5,15)=1", "a[10,20)=1");
    step(query, restarts, 17).expectRows("a[5,15)=1", "a[10,20)=2", "a[15,25)=1");
    step(query, restarts, 3)
        .expectRows("a[-5,5)=1", "a[0,10)=1", "a[5,15)=1", "a[10,20)=2", "a[15,25)=1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sessionThatMergesIntoAnother_leavesNoRow(boolean restarts) {
    StreamingQueryHarness<Reading, String> query =
        counting(1000, Window.session(seconds(10)), COMPLETE);
    step(query, restarts, 100).expectRows("a[100,110)=1");
    step(query, restarts, 120, 150).expectRows("a[100,110)=1", "a[120,130)=1", "a[150,160)=1");
    step(query, restarts, 111).expectRows("a[100,110)=1", "a[111,130)=2", "a[150,160)=1");
    step(query, restarts, 105).expectRows("a[100,130)=4", "a[150,160)=1");
  }

  @Test
  void lateEventsOfSessions_areDropped_asInSpark() {
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.session(seconds(10)), COMPLETE);
    query.add(Reading.at(20), Reading.at(30));
    query.add(Reading.at("b", 100));
    query.add(Reading.at(25), Reading.at(10));
    query.expectRows("a[20,40)=2", "b[100,110)=1").expectLate(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a03_groupsWithoutWindows_areAllThere(boolean restarts) {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(Reading::second)
                    .aggregate(Aggregates.count(), (key, count) -> key + "=" + count)
                    .outputMode(COMPLETE));
    step(query, restarts, 3).expectRows("3=1");
    step(query, restarts, 2).expectRows("3=1", "2=1");
    step(query, restarts, 3, 2, 1).expectRows("3=2", "2=2", "1=1");
    step(query, restarts, 4, 4, 4, 4).expectRows("4=4", "3=2", "2=2", "1=1");
  }

  @Test
  void globalAggregation_hasARowFromTheFirstEpochOn() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .filter(reading -> reading.second() > 10)
                    .aggregate(Aggregates.count(), count -> "count=" + count)
                    .outputMode(COMPLETE));
    query.add(Reading.at(1)).expectRows("count=0");
    query.restart().add(Reading.at(1)).expectRows("count=0");
    query.add(Reading.at(11)).expectRows("count=1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stagesAfterTheAggregation_applyRowByRow(boolean restarts) {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(Reading::key)
                    .aggregate(Aggregates.count(), (key, count) -> key + "=" + count)
                    .outputMode(COMPLETE)
                    .filter(row -> !row.endsWith("=2"))
                    .flatMap(row -> List.of(row + "!", row + "?"))
                    .filter(row -> !row.equals("b=1?")));
    step(query, restarts, 1).expectRows("a=1!", "a=1?");
    query.add(Reading.at("b", 1)).expectRows("a=1!", "a=1?", "b=1!");
    step(query, restarts, 1).expectRows("b=1!");
    step(query, restarts, 1).expectRows("a=3!", "a=3?", "b=1!");
  }

  @Test
  void result_equalsAllCounts_whateverTheEpochsAndRestarts() {
    StreamingQueryHarness<Reading, String> query =
        counting(30, Window.tumbling(seconds(5)), COMPLETE);
    Random random = new Random(7);
    TreeMap<String, Integer> expected = new TreeMap<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      Reading[] events = new Reading[1 + random.nextInt(20)];
      for (int i = 0; i < events.length; i++) {
        long second = epoch + (long) random.nextInt(100);
        String key = "k" + random.nextInt(40);
        events[i] = Reading.at(key, second);
        long start = second / 5 * 5;
        expected.merge(key + "[" + start + "," + (start + 5) + ")", 1, Integer::sum);
      }
      query.add(events);
      if (random.nextInt(4) == 0) {
        query.restart();
      }
      query.expectRows(
          expected.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .toArray(String[]::new));
    }
  }

  private static StreamingQueryHarness<Reading, String> step(
      StreamingQueryHarness<Reading, String> query, boolean restarts, long... seconds) {
    Reading[] events = new Reading[seconds.length];
    for (int i = 0; i < events.length; i++) {
      events[i] = Reading.at(seconds[i]);
    }
    return (restarts ? query.restart() : query).add(events);
  }
}
