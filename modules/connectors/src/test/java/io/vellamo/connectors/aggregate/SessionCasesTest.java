package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.counting;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.SessionWindows;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Spark's cases of sessions in append mode; the words of a line are the keys. */
final class SessionCasesTest {
  @Test
  void s03_keyOfSeveralColumns_isARecord() {
    record Word(String first, String rest) {}
    StreamingQueryHarness<Reading, String> query =
        start(
            lines ->
                words(lines)
                    .groupBy(
                        word -> new Word(word.key().substring(0, 1), word.key().substring(1)),
                        Word.class,
                        Window.session(seconds(10)))
                    .aggregate(
                        Aggregates.count(),
                        (word, session, count) ->
                            AggregationRun.row(word.first() + word.rest(), session, count)));

    addLinesUntilWatermarkIs60(query);
  }

  @Test
  void s04_sessionsWithoutAKey_areThoseOfAllEvents() {
    StreamingQueryHarness<Reading, String> query =
        start(readings -> AggregationRun.counted(readings, 0, Window.session(seconds(10))));

    query.add(Reading.at("a", 10), Reading.at("b", 20), Reading.at("a", 31));
    query.expectRows("[10,30)=2").add(at(60)).expectRows("[31,41)=1");
  }

  @Test
  void s06_append_emitsMergedSessions() {
    addLinesUntilWatermarkIs60(sessions(Window.session(seconds(10))));
  }

  @Test
  void s07_gapOfEachEvent_leavesOutThoseWithoutOne() {
    StreamingQueryHarness<Reading, String> query = sessions(Window.session(SessionCasesTest::gap));

    addFirstLines(query);
    query.expectLate(2);
    query.add(Reading.at("structured streaming", 90));
    query.expectRows("spark[25,50)=3", "streaming[25,51)=4", "hello[40,42)=2").expectLate(0);
  }

  @Test
  void s08_severalAggregates_ofASession() {
    StreamingQueryHarness<Reading, String> query =
        start(
            readings ->
                readings
                    .withWatermark(Reading::time, seconds(0))
                    .groupBy(Reading::key, Window.session(seconds(10)))
                    .aggregate(
                        Aggregates.count(),
                        Numbers.sum(Reading::second),
                        Numbers.chosen(Reading::second, Math::min),
                        (key, session, count, sum, first) ->
                            AggregationRun.row(key, session, count) + "," + sum + "," + first));

    query.add(at(41)).add(at(42)).expectNoRows();
    query.add(at(40)).expectNoRows();
    query.add(Reading.at("b", 100)).add(Reading.at("b", 101));
    query.expectRows("a[40,52)=3,123,40");
  }

  @Test
  void s09_severalSessionsOfAKey_mergeWhereTheyTouch() {
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.session(seconds(10)), OutputMode.APPEND);

    query.add(
        Reading.at("b", 130),
        Reading.at("a", 100),
        Reading.at("a", 120),
        Reading.at("b", 100),
        Reading.at("a", 110),
        Reading.at("c", 100));
    query.add(at(1000)).expectRows("a[100,130)=3", "b[100,110)=1", "b[130,140)=1", "c[100,110)=1");
  }

  @Test
  void lateEvent_isOneWhoseOwnSessionIsClosed_evenIfItTouchesAnOpenOne() {
    // Section 3.7 of the semantics; an event whose session ends at the watermark is not late here.
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.session(seconds(10)), OutputMode.APPEND);
    query.add(at(20, 30)).expectNoRows();

    query.add(at(25)).expectLate(0);
    query.add(at(19)).expectLate(1);
    query.add(at(20)).expectLate(0);
    query.add(Reading.at("b", 41)).expectRows("a[20,40)=4");
    query.add(at(39)).expectNoRows().expectLate(0);
    query.add(at(60)).expectRows("a[39,49)=1", "b[41,51)=1");
  }

  @Test
  void sessionsThatAreMergedByAnEvent_keepTheirEvents_overARestart() {
    StreamingQueryHarness<Reading, String> query =
        counting(100, Window.session(seconds(10)), OutputMode.APPEND);
    query.add(at(100, 118, 150)).restart();

    query.add(at(109)).restart();
    query.add(at(92)).restart();
    query.add(at(1000)).expectRows("a[92,128)=4", "a[150,160)=1").expectGroups(1);
  }

  private static @Nullable Duration gap(Reading word) {
    return switch (word.key()) {
      case "hello" -> seconds(1);
      case "structured" -> Duration.ZERO;
      case "world" -> seconds(-10);
      case "nothing" -> null;
      default -> seconds(10);
    };
  }

  private static void addLinesUntilWatermarkIs60(StreamingQueryHarness<Reading, String> query) {
    addFirstLines(query);
    query.expectLate(2);
    query.add(Reading.at("structured streaming", 90));
    query.expectRows(
        "spark[25,50)=3",
        "streaming[25,51)=4",
        "hello[40,51)=2",
        "world[40,51)=2",
        "structured[41,51)=1");
  }

  private static void addFirstLines(StreamingQueryHarness<Reading, String> query) {
    query.add(
        Reading.at("hello world spark streaming", 40),
        Reading.at("world hello structured streaming", 41));
    query.add(Reading.at("spark streaming", 25)).expectLate(0);
    query.add(Reading.at("spark streaming", 0)).expectNoRows().expectLate(2);
    query.add(Reading.at("spark streaming", 30)).expectNoRows();
    query.add(Reading.at("hello apache spark", 60)).expectNoRows();
    query.add(Reading.at("spark streaming", 0));
  }

  private static StreamingQueryHarness<Reading, String> sessions(SessionWindows<Reading> windows) {
    return start(
        lines ->
            words(lines)
                .groupBy(Reading::key, windows)
                .aggregate(Aggregates.count(), AggregationRun::row));
  }

  private static EventStream<Reading> words(EventStream<Reading> lines) {
    return lines
        .withWatermark(Reading::time, seconds(30))
        .flatMap(
            line ->
                Stream.of(line.key().split(" "))
                    .map(word -> Reading.at(word, line.second()))
                    .toList());
  }
}
