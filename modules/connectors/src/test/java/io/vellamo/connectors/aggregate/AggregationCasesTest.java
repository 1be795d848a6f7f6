package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.counted;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;

import io.vellamo.api.EventStream;
import io.vellamo.api.SerializationException;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Spark's cases of aggregations in append and update mode. Numbers are the seconds of readings. */
final class AggregationCasesTest {
  /** Two columns of a key. */
  record Pair(long first, long second) {}

  @Test
  void a01_simpleCount_inUpdateMode_overRestarts() {
    StreamingQueryHarness<Reading, String> query = start(AggregationCasesTest::countByNumber);

    query.add(at(3)).expectRows("3=1");
    query.add(at(3, 2)).expectRows("3=2", "2=1").restart();
    query.add(at(3, 2, 1)).expectRows("3=3", "2=2", "1=1");
    query.add(at(4, 4, 4, 4)).expectRows("4=4").expectGroups(4);
  }

  @Test
  void a02_distinctValues_areTheSizeOfASet() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(Reading::key)
                    .aggregate(
                        Numbers.list((Reading each) -> "" + each.second())
                            .map(LinkedHashSet::new)
                            .map(LinkedHashSet::size),
                        (key, distinct) -> key + "=" + distinct)
                    .outputMode(OutputMode.UPDATE));

    query.add(at(1, 2, 1)).expectRows("a=2");
  }

  @Test
  void a07_updateMode_countsWhatChanged() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                countByNumber(
                    readings.flatMap(each -> List.of(each, Reading.at(each.second() + 1)))));

    query.add(at(1)).expectRows("1=1", "2=1").expectChanges(2, 0).expectGroups(2);
    query.add(at(2, 3)).expectRows("2=2", "3=2", "4=1").expectChanges(3, 0).expectGroups(4);
  }

  @Test
  void a08_severalKeys_areARecord() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(each -> new Pair(each.second(), each.second() + 1), Pair.class)
                    .aggregate(
                        Aggregates.count(),
                        (key, count) -> key.first() + "," + key.second() + "=" + count)
                    .outputMode(OutputMode.UPDATE));

    query.add(at(1, 2)).expectRows("1,2=1", "2,3=1");
    query.add(at(1, 2)).expectRows("1,2=2", "2,3=2");
  }

  @Test
  void a09_unionOfStreams_overARestart() {
    MemorySource<Reading> ones = MemorySource.create();
    MemorySource<Reading> tens = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    StreamingQueryHarness<Reading, String> query =
        StreamingQueryHarness.<Reading, String>builder(
                rows::rows,
                begin ->
                    countByNumber(
                            begin
                                .from(ones)
                                .flatMap(each -> List.of(each, Reading.at(each.second() + 1)))
                                .union(begin.from(tens)))
                        .to(rows))
            .feed("ones", Reading.class, events -> ones.addTo(0, events))
            .feed("tens", Reading.class, events -> tens.addTo(0, events))
            .start();

    query.stop().addTo("ones", at(11, 12)).addTo("tens", at(21, 22)).resume();
    query.expectRows("11=1", "12=2", "13=1", "21=1", "22=1").restart();
    query.stop().addTo("ones", at(13, 14)).addTo("tens", at(22, 23)).resume();
    query.expectRows("13=2", "14=2", "15=1", "22=2", "23=1");
  }

  @Test
  void a10_failureOnce_runsTheEpochAgain() {
    AtomicBoolean fails = new AtomicBoolean(true);
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                countByNumber(
                    readings.map(
                        each -> {
                          if (each.second() == 4 && fails.getAndSet(false)) {
                            throw new IllegalStateException("only once");
                          }
                          return each;
                        })));

    query.addFailing("only once", at(1, 2, 3, 4)).restart();

    query.expectRows("1=1", "2=1", "3=1", "4=1");
  }

  @Test
  void a13_allEvents_haveARowFromTheFirstEpochOn() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> all(readings, Aggregates.count()));

    query.add(at(7)).expectRows("1");
    query.drain().expectNoRows();
    query.add(at(8, 9)).expectRows("3").restart();
    query.add(at(8)).expectRows("4").expectGroups(1);
  }

  @Test
  void a13_allEvents_areFilteredOut_theRowIsZero() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> all(readings.filter(each -> each.second() > 10), Aggregates.count()));

    query.add(at(7)).expectRows("0");
    query.add(at(8)).expectNoRows();
    query.add(at(11)).expectRows("1");
  }

  @Test
  void a14_last_changesWithEveryEpoch() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> all(readings, Numbers.chosen(Reading::second, (one, other) -> other)));

    query.add(at(1, 2, 3)).expectRows("3");
    query.add(at(4, 5, 6)).expectRows("6");
    query.add(at(0)).expectRows("0");
  }

  @Test
  void a15_lists_of128Groups() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .groupByKey(Reading::second)
                    .aggregate(
                        Numbers.list((Reading each) -> each.key()),
                        (key, list) -> key + list.toString())
                    .outputMode(OutputMode.UPDATE));

    query.add(at(LongStream.range(0, 128).toArray()));
    query.expectRows(LongStream.range(0, 128).mapToObj(key -> key + "[a]").toArray(String[]::new));
    query.add(at(5)).expectRows("5[a, a]").expectGroups(128);
  }

  @Test
  void a16_metrics_ofUpdate() {
    StreamingQueryHarness<Reading, String> query = start(AggregationCasesTest::countByNumber);

    query.add(at(3, 2, 1, 3)).expectRows("3=2", "2=1", "1=1");
    query.expectGroups(3).expectChanges(3, 0).expectLate(0);
    query.add(at(1, 4)).expectRows("1=2", "4=1");
  }

  @Test
  void a16_metrics_ofAppend() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> counted(readings, 10, Window.tumbling(seconds(5))));

    query.add(at(3, 2, 1, 9)).expectNoRows();
    query.add(at(25)).expectRows("[0,5)=3", "[5,10)=1").expectGroups(1).expectLate(0);
    query.add(at(100)).expectRows("[25,30)=1").expectGroups(1);
  }

  @Test
  void a17_otherAggregates_atARestart_areRefused() {
    Function<EventStream<Reading>, EventStream<String>> counts =
        readings -> sums(readings, Aggregates.count());
    Function<EventStream<Reading>, EventStream<String>> lists =
        readings -> sums(readings, Numbers.list((Reading each) -> each.key()));
    AtomicBoolean isChanged = new AtomicBoolean();
    StreamingQueryHarness<Reading, String> query =
        start(readings -> (isChanged.get() ? lists : counts).apply(readings));
    query.add(at(1, 2)).expectRows("a=3,2").stop();
    isChanged.set(true);

    query.expectFailure(SerializationException.class, "can't be read", down -> down.resume());
    isChanged.set(false);
    query.resume().add(at(3)).expectRows("a=6,3");
  }

  private static <R> EventStream<String> sums(
      EventStream<Reading> readings, Aggregate<Reading, R> other) {
    return readings
        .groupByKey(Reading::key)
        .aggregate(
            Numbers.sum(Reading::second), other, (key, sum, more) -> key + "=" + sum + "," + more)
        .outputMode(OutputMode.UPDATE);
  }

  private static <R> EventStream<String> all(
      EventStream<Reading> readings, Aggregate<Reading, R> aggregate) {
    return readings.aggregate(aggregate, result -> "" + result).outputMode(OutputMode.UPDATE);
  }

  private static EventStream<String> countByNumber(EventStream<Reading> readings) {
    return readings
        .groupByKey(Reading::second)
        .aggregate(Aggregates.count(), (number, count) -> number + "=" + count)
        .outputMode(OutputMode.UPDATE);
  }
}
