package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Queries over two sources, and what their watermarks make together. Events are seconds, and each
 * verb returns the second at which the query's watermark stands then.
 */
final class SeveralStreamsTest {
  private static final WatermarkStrategy IDLE = delay(5).idleAfter(Duration.ofSeconds(30));

  private final TestSystem system = TestSystem.start();
  private final ManualClock clock = ManualClock.at(Instant.ofEpochSecond(1000));
  private final MemorySource<Long> left = MemorySource.create();
  private final MemorySource<Long> right = MemorySource.create();
  private final MemorySink<Long> rows = MemorySink.create();
  private @Nullable StreamingQuery running;

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void e07_twoStreams_haveTheEarlierWatermark() throws Exception {
    start(WatermarkPolicy.MIN, delay(10), delay(5));
    assertThat(left(11)).isNull();
    assertThat(right(6)).isEqualTo(1);
    assertThat(right(8)).isEqualTo(1);
    assertThat(left(21)).isEqualTo(3);
    assertThat(right(17, 28, 39)).isEqualTo(11);
    assertThat(left(31)).isEqualTo(21);
    assertThat(left(41)).isEqualTo(31);
    assertThat(left(51)).isEqualTo(34);
    assertThat(both(100, 100)).isEqualTo(90);
    assertThat(both(120, 110)).isEqualTo(105);
    assertThat(both(130, 125)).isEqualTo(120);
    assertThat(both(100, 100)).isEqualTo(120);
    assertThat(both(140, 100)).isEqualTo(120);
    assertThat(both(100, 135)).isEqualTo(130);
    assertThat(both(200, 190)).isEqualTo(185);
    start(WatermarkPolicy.MIN, delay(10), delay(5));
    assertThat(now()).isEqualTo(185);
    // Spark forgets at a restart that the left one is at 190, and stays at 185.
    assertThat(right(200)).isEqualTo(190);
    assertThat(left(200)).isEqualTo(190);
  }

  @Test
  void e17_policyMax_hasTheLaterWatermark() throws Exception {
    start(WatermarkPolicy.MAX, delay(10), delay(15));
    assertThat(both(20, 30)).isEqualTo(15);
    start(WatermarkPolicy.MAX, delay(10), delay(15));
    assertThat(now()).isEqualTo(15);
    assertThat(both(120, 130)).isEqualTo(115);
    assertThat(left(150)).isEqualTo(140);
  }

  @Test
  void e18_policyMin_hasTheEarlierWatermark() throws Exception {
    start(WatermarkPolicy.MIN, delay(10), delay(15));
    assertThat(both(20, 30)).isEqualTo(10);
    start(WatermarkPolicy.MIN, delay(10), delay(15));
    assertThat(now()).isEqualTo(10);
    assertThat(both(120, 130)).isEqualTo(110);
    assertThat(right(150)).isEqualTo(110);
  }

  @Test
  void e19_policyOfTheFirstStart_stays() throws Exception {
    start(WatermarkPolicy.MAX, delay(10), delay(15));
    assertThat(both(20, 30)).isEqualTo(15);
    start(WatermarkPolicy.MIN, delay(10), delay(15));
    assertThat(now()).isEqualTo(15);
    assertThat(both(120, 130)).isEqualTo(115);
    assertThat(left(150)).isEqualTo(140);
  }

  @Test
  void eventsOfAllSources_meetInTheirGroups() throws Exception {
    start(WatermarkPolicy.MIN, delay(0), delay(0));
    both(1, 1);
    StreamingQueryProgress first = query().recentProgress().get(0);
    assertThat(first.sources()).hasSize(2);
    assertThat(first.sources().get(0).ranges()).hasSize(1);
    assertThat(first.sources().get(0).ranges().get(0).partition().name()).startsWith("1:");
    assertThat(first.sink()).isEqualTo(rows.description());
    both(2, 3);
    start(WatermarkPolicy.MIN, delay(0), delay(0));
    both(4, 2);

    assertThat(rows.rows()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(query().lastProgress().orElseThrow().total().input()).isEqualTo(6);
  }

  @Test
  void silentStream_isLeftOutOnceItIsIdle_withoutAnyEvent() throws Exception {
    start(WatermarkPolicy.MIN, delay(10), IDLE);
    assertThat(both(100, 50)).isEqualTo(45);
    clock.advance(Duration.ofSeconds(29));
    assertThat(left(101)).isEqualTo(45);

    clock.advance(Duration.ofSeconds(1));

    assertThat(now()).isEqualTo(91);
    assertThat(query().watermark().orElseThrow().inputs())
        .extracting(WatermarkReport.Input::idle)
        .containsExactly(false, true);
    assertThat(query().watermark().orElseThrow().explanation())
        .contains("it is idle and holds nothing back");
    start(WatermarkPolicy.MIN, delay(10), IDLE);
    assertThat(right(120)).isEqualTo(91);
    assertThat(left(200)).isEqualTo(115);
  }

  @Test
  void streamThatNeverHadAnEvent_isLeftOutOnceItIsIdle() throws Exception {
    start(WatermarkPolicy.MIN, delay(10), IDLE);
    assertThat(left(100)).isNull();
    clock.advance(Duration.ofSeconds(30));
    assertThat(now()).isEqualTo(90);
  }

  @Test
  void allStreamsSilent_watermarkStandsStill() throws Exception {
    start(WatermarkPolicy.MIN, IDLE, IDLE);
    assertThat(both(100, 50)).isEqualTo(45);
    clock.advance(Duration.ofSeconds(100));
    assertThat(now()).isEqualTo(45);
  }

  @Test
  void watermarkAddedAtARestart_holdsTheQuerysUntilItHasEvents() throws Exception {
    start(QueryStart::from, WatermarkPolicy.MIN, delay(10));
    assertThat(both(100, 1)).isEqualTo(90);
    start(WatermarkPolicy.MIN, delay(10), delay(5));
    assertThat(now()).isEqualTo(90);
    assertThat(left(200)).isEqualTo(90);
    assertThat(right(150)).isEqualTo(145);
    start(QueryStart::from, WatermarkPolicy.MIN, delay(10));
    assertThat(left(201)).isEqualTo(191);
  }

  @Test
  void otherNumberOfSources_isRefused() throws Exception {
    start(WatermarkPolicy.MIN, delay(0), delay(0));
    both(1, 1);
    query().stop();
    QueryStart begin = system.vellamo().query("streams");

    StreamingQuery one =
        begin
            .from(left)
            .withWatermark(Instant::ofEpochSecond, delay(0))
            .dropDuplicatesWithEventTime(second -> second)
            .to(rows)
            .start();

    assertThatThrownBy(one::awaitTermination)
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining(
            "the query must have [2] sources, as when it was first started, has [1]; the offsets in"
                + " the journal belong to them, start a query of another name");
  }

  /** Starts the query, or starts it again. */
  private void start(
      WatermarkPolicy policy, WatermarkStrategy leftStrategy, WatermarkStrategy rightStrategy)
      throws Exception {
    start(
        (begin, source) -> begin.from(source).withWatermark(Instant::ofEpochSecond, rightStrategy),
        policy,
        leftStrategy);
  }

  private void start(
      BiFunction<QueryStart, MemorySource<Long>, EventStream<Long>> rightStream,
      WatermarkPolicy policy,
      WatermarkStrategy leftStrategy)
      throws Exception {
    if (running != null) {
      running.stop();
    }
    QueryStart begin = system.vellamo().query("streams");
    running =
        begin
            .from(left)
            .withWatermark(Instant::ofEpochSecond, leftStrategy)
            .union(rightStream.apply(begin, right))
            .dropDuplicatesWithEventTime(second -> second)
            .to(rows)
            .watermarkPolicy(policy)
            .clock(clock)
            .start();
  }

  private @Nullable Long left(long... seconds) throws Exception {
    add(left, seconds);
    return now();
  }

  private @Nullable Long right(long... seconds) throws Exception {
    add(right, seconds);
    return now();
  }

  private @Nullable Long both(long leftSecond, long rightSecond) throws Exception {
    add(left, leftSecond);
    add(right, rightSecond);
    return now();
  }

  private @Nullable Long now() throws Exception {
    query().processAllAvailable();
    return query().watermark().orElseThrow().watermark().map(Instant::getEpochSecond).orElse(null);
  }

  private StreamingQuery query() {
    return Objects.requireNonNull(running, "running");
  }

  private static void add(MemorySource<Long> source, long... seconds) {
    source.add(Arrays.stream(seconds).boxed().toArray(Long[]::new));
  }

  private static WatermarkStrategy delay(long seconds) {
    return WatermarkStrategy.delay(Duration.ofSeconds(seconds));
  }
}
