package io.vellamo.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One stream whose partitions have watermarks of their own. */
final class PartitionWatermarksTest {
  private static final WatermarkStrategy BY_10 =
      WatermarkStrategy.delay(Duration.ofMillis(10)).perPartition();

  private WatermarkRule rule = rule(BY_10);
  private QueryLedger ledger = QueryLedger.created(new UUID(0, 0), 4);

  @Test
  void stream_followsItsSlowestPartition() {
    assertThat(commit(0, Map.of("p", 100L, "q", 50L))).isEqualTo(Watermark.of(40));
    assertThat(commit(1, Map.of("p", 500L))).isEqualTo(Watermark.of(40));
    assertThat(commit(2, Map.of("q", 120L))).isEqualTo(Watermark.of(110));
    assertThat(commit(3, Map.of("q", 60L, "p", 501L))).isEqualTo(Watermark.of(110));
  }

  @Test
  void partitionThatAppears_takesPartFromItsFirstEvent_andMovesNothingBack() {
    commit(0, Map.of("p", 100L));

    assertThat(commit(1, Map.of("p", 200L, "q", 20L))).isEqualTo(Watermark.of(90));
    assertThat(commit(2, Map.of("q", 150L))).isEqualTo(Watermark.of(140));
  }

  @Test
  void silentPartition_isLeftOut_andTheNextMoveIsKnown() {
    rule = rule(BY_10.idleAfter(Duration.ofMillis(30)));
    commit(0, Map.of("p", 100L, "q", 50L));
    assertThat(commit(20, Map.of("p", 200L))).isEqualTo(Watermark.of(40));

    assertThat(rule.nextMoveMillis(ledger, 20)).isEqualTo(30);
    assertThat(rule.now(ledger, 29)).isEqualTo(Watermark.of(40));
    assertThat(rule.now(ledger, 30)).isEqualTo(Watermark.of(190));
    assertThat(rule.nextMoveMillis(ledger, 30)).isNull();
    assertThat(commit(40, Map.of("q", 60L))).isEqualTo(Watermark.of(190));
  }

  @Test
  void allPartitionsSilent_nothingMoves() {
    rule = rule(BY_10.idleAfter(Duration.ofMillis(30)));
    commit(0, Map.of("p", 100L, "q", 50L));

    assertThat(rule.nextMoveMillis(ledger, 0)).isNull();
    assertThat(rule.now(ledger, 1000)).isEqualTo(Watermark.of(40));
  }

  @Test
  void otherStreams_areCombinedWithIt() {
    rule =
        new WatermarkRule(
            List.of(BY_10, WatermarkStrategy.delay(Duration.ZERO)), WatermarkPolicy.MIN);
    SeenTimes other = new SeenTimes(1, 0, new NewestEventTime(60, 0, 0));

    assertThat(commit(0, Map.of("p", 100L, "q", 50L), other)).isEqualTo(Watermark.of(40));
    assertThat(commit(1, Map.of("q", 100L), other)).isEqualTo(Watermark.of(60));
  }

  @Test
  void futureEvents_keepAPartitionAwake_andHoldItBack() {
    rule = rule(BY_10.idleAfter(Duration.ofMillis(30)));
    commit(0, Map.of("p", 100L, "q", 50L));
    SeenTimes future = new SeenTimes(1, 1, null, List.of(new SeenTimes.OfRange(1, null)));

    assertThat(commit(29, List.of("p", "q"), future)).isEqualTo(Watermark.of(40));
    assertThat(rule.now(ledger, 58)).isEqualTo(Watermark.of(40));
  }

  @Test
  void forgottenPartition_holdsNothingBack() {
    commit(0, Map.of("p", 100L, "q", 50L));
    List<OffsetRange> ranges =
        List.of(
            new OffsetRange(new SourcePartition("p"), 1, 2, "", List.of(new SourcePartition("q"))));
    commit(1, ranges, new SeenTimes(1, 0, null, List.of(new SeenTimes.OfRange(0, 100L))));

    assertThat(commit(2, Map.of("p", 101L))).isEqualTo(Watermark.of(91));
  }

  @Test
  void commit_hasOnlyThePartitionsThatChange() {
    commit(0, Map.of("p", 100L, "q", 50L));
    EpochPlan plan = plan(1, List.of(range("q")));

    EpochCommit commit = rule.commit(ledger, plan, List.of(seen(60L)), EventCounts.NONE);

    assertThat(commit.inputs().get(0).partitions()).containsOnlyKeys(new SourcePartition("q"));
  }

  @Test
  void fastPartition_isPausedUntilTheSlowestWithInputHasCaughtUp() {
    rule = rule(BY_10.maxPartitionSkew(Duration.ofMillis(100)));
    commit(0, Map.of("p", 200L, "q", 100L, "r", 50L));
    List<OffsetRange> all = List.of(range("p"), range("q"), range("r"), range("new"));

    assertThat(rule.withoutPaused(ledger, all))
        .containsExactly(range("q"), range("r"), range("new"));
    assertThat(rule.withoutPaused(ledger, List.of(range("p"), range("q"))))
        .as("r has no input")
        .containsExactly(range("p"), range("q"));
    commit(1, Map.of("r", 100L));
    assertThat(rule.withoutPaused(ledger, all)).isEqualTo(all);
  }

  @Test
  void planner_leavesOutPausedPartitions_butNotInTheOnlyEpochOfARun() {
    rule = rule(BY_10.maxPartitionSkew(Duration.ofMillis(100)));
    commit(0, Map.of("p", 300L, "q", 100L));

    assertThat(planned(Trigger.availableNow())).containsExactly(range("q"));
    assertThat(planned(Trigger.once())).containsExactly(range("p"), range("q"));
  }

  private List<OffsetRange> planned(Trigger trigger) {
    Decision decision =
        new EpochPlanner(trigger, true, rule)
            .next(
                ledger, new RunSoFar(0, false), List.of(range("p"), range("q")), NextDue.NEVER, 0);
    return ((Decision.Run) decision).plan().ranges();
  }

  @Test
  void withoutABound_noPartitionIsPaused() {
    commit(0, Map.of("p", 10_000L, "q", 1L));

    assertThat(rule.withoutPaused(ledger, List.of(range("p"), range("q")))).hasSize(2);
  }

  private static WatermarkRule rule(WatermarkStrategy strategy) {
    return new WatermarkRule(List.of(strategy), WatermarkPolicy.MIN);
  }

  private static OffsetRange range(String partition) {
    return new OffsetRange(new SourcePartition(partition), 0, 1);
  }

  private static SeenTimes seen(Long... newestOfRanges) {
    List<SeenTimes.OfRange> ranges = new ArrayList<>();
    for (int range = 0; range < newestOfRanges.length; range++) {
      ranges.add(new SeenTimes.OfRange(range, newestOfRanges[range]));
    }
    return new SeenTimes(newestOfRanges.length, 0, null, ranges);
  }

  private EpochPlan plan(long nowMillis, List<OffsetRange> ranges) {
    return new EpochPlan(
        ranges,
        new EpochTimes(
            ledger.committedEpoch() + 1,
            nowMillis,
            rule.now(ledger, nowMillis),
            ledger.watermark()));
  }

  /** Commits an epoch with the newest event times of partitions. */
  private Watermark commit(long nowMillis, Map<String, Long> newest, SeenTimes... others) {
    Map<String, Long> sorted = new TreeMap<>(newest);
    List<SeenTimes> seen = new ArrayList<>();
    seen.add(seen(sorted.values().toArray(Long[]::new)));
    seen.addAll(List.of(others));
    return commit(
        nowMillis,
        sorted.keySet().stream().map(PartitionWatermarksTest::range).toList(),
        seen.toArray(SeenTimes[]::new));
  }

  private Watermark commit(long nowMillis, List<?> partitions, SeenTimes... seen) {
    List<OffsetRange> ranges =
        partitions.stream()
            .map(each -> each instanceof OffsetRange range ? range : range((String) each))
            .toList();
    EpochPlan plan = plan(nowMillis, ranges);
    EpochCommit commit = rule.commit(ledger, plan, List.of(seen), EventCounts.NONE);
    ledger = ledger.planned(plan).committed(commit);
    return commit.nextWatermark();
  }
}
