package io.vellamo.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class WatermarkRuleTest {
  private static final WatermarkStrategy BY_10 = WatermarkStrategy.delay(Duration.ofMillis(10));
  private static final WatermarkStrategy BY_5 = WatermarkStrategy.delay(Duration.ofMillis(5));
  private static final WatermarkStrategy IDLE_AFTER_30 = BY_5.idleAfter(Duration.ofMillis(30));

  private QueryLedger ledger = QueryLedger.created(new UUID(0, 0), 4);

  @Test
  void noWatermark_isNone() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN);

    assertThat(commit(rule, 0)).isEqualTo(Watermark.NONE);
    assertThat(ledger.inputs()).isEmpty();
    assertThat(rule.now(ledger, 100)).isEqualTo(Watermark.NONE);
    assertThat(rule.nextMoveMillis(ledger, 100)).isNull();
  }

  @Test
  void oneStream_trailsItsNewestEventByTheDelay_andNeverGoesBack() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10);

    assertThat(commit(rule, 0, seen(100))).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 1, seen(50))).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 2)).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 3, seen(120))).isEqualTo(Watermark.of(110));
  }

  @Test
  void oneStream_ofAJournalWithoutInputs_goesOnFromTheQuerysWatermark() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10);
    ledger =
        ledger.planned(plan(0)).committed(new EpochCommit(1, Watermark.of(90), EventCounts.NONE));

    assertThat(commit(rule, 1, seen(95))).isEqualTo(Watermark.of(90));
    assertThat(ledger.inputs()).containsExactly(new InputWatermark(Watermark.of(90), 1));
  }

  @Test
  void moreStreamsThanBefore_allBeginAnew_andTheWatermarkWaits() {
    commit(rule(WatermarkPolicy.MIN, BY_10), 0, seen(100));
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10, IDLE_AFTER_30);

    assertThat(rule.inputs(ledger, 7))
        .containsExactly(
            new InputWatermark(Watermark.NONE, 7), new InputWatermark(Watermark.NONE, 7));
    assertThat(rule.now(ledger, 7)).isEqualTo(Watermark.of(90));
    assertThat(rule.nextMoveMillis(ledger, 7)).isNull();
    assertThat(commit(rule, 7, seen(500), SeenTimes.NONE)).isEqualTo(Watermark.of(90));
    assertThat(rule.now(ledger, 37)).isEqualTo(Watermark.of(490));
  }

  @Test
  void fewerStreamsThanBefore_theOneGoesOnFromTheQuerysWatermark() {
    commit(rule(WatermarkPolicy.MIN, BY_10, IDLE_AFTER_30), 0, seen(100), seen(200));
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_5);

    assertThat(commit(rule, 1)).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 2, seen(96))).isEqualTo(Watermark.of(91));
  }

  @Test
  void minimum_waitsForEveryStream() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10, BY_5);

    assertThat(commit(rule, 0, seen(100), SeenTimes.NONE)).isEqualTo(Watermark.NONE);
    assertThat(commit(rule, 1, SeenTimes.NONE, seen(50))).isEqualTo(Watermark.of(45));
    assertThat(commit(rule, 2, SeenTimes.NONE, seen(200))).isEqualTo(Watermark.of(90));
  }

  @Test
  void maximum_followsTheFastest() {
    WatermarkRule rule = rule(WatermarkPolicy.MAX, BY_10, BY_5);

    assertThat(commit(rule, 0, seen(100), SeenTimes.NONE)).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 1, SeenTimes.NONE, seen(50))).isEqualTo(Watermark.of(90));
    assertThat(commit(rule, 2, SeenTimes.NONE, seen(200))).isEqualTo(Watermark.of(195));
  }

  @Test
  void futureEventsOnly_moveNothing_butAreNoSilence() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10, IDLE_AFTER_30);
    commit(rule, 0, seen(100), seen(50));

    assertThat(commit(rule, 29, seen(100), new SeenTimes(1, 1, null))).isEqualTo(Watermark.of(45));
    assertThat(rule.now(ledger, 58)).isEqualTo(Watermark.of(45));
    assertThat(rule.now(ledger, 59)).isEqualTo(Watermark.of(90));
  }

  @Test
  void silentStream_isLeftOut_andTheNextMoveIsKnown() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10, IDLE_AFTER_30);
    commit(rule, 0, seen(100), seen(50));

    assertThat(rule.nextMoveMillis(ledger, 10)).isEqualTo(30);
    assertThat(rule.now(ledger, 29)).isEqualTo(Watermark.of(45));
    assertThat(rule.now(ledger, 30)).isEqualTo(Watermark.of(90));
    assertThat(rule.nextMoveMillis(ledger, 30)).isNull();
    assertThat(rule.isIdle(ledger.inputs().get(1), 1, 30)).isTrue();
    assertThat(rule.isIdle(ledger.inputs().get(0), 0, 30)).isFalse();
  }

  @Test
  void silentStream_thatHoldsNothingBack_wakesNobody() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, BY_10, IDLE_AFTER_30);
    commit(rule, 0, seen(100), seen(500));

    assertThat(rule.nextMoveMillis(ledger, 10)).isNull();
  }

  @Test
  void severalSilentStreams_theEarliestMoveIsNext() {
    WatermarkRule rule =
        rule(WatermarkPolicy.MIN, IDLE_AFTER_30, BY_5.idleAfter(Duration.ofMillis(20)), BY_10);
    commit(rule, 0, seen(60), seen(50), seen(100));

    assertThat(rule.nextMoveMillis(ledger, 0)).isEqualTo(20);
    assertThat(rule.now(ledger, 20)).isEqualTo(Watermark.of(55));
    assertThat(rule.now(ledger, 30)).isEqualTo(Watermark.of(90));
  }

  @Test
  void allStreamsSilent_nothingMoves() {
    WatermarkRule rule = rule(WatermarkPolicy.MIN, IDLE_AFTER_30, IDLE_AFTER_30);
    commit(rule, 0, seen(100), seen(50));

    assertThat(rule.now(ledger, 1000)).isEqualTo(Watermark.of(45));
    assertThat(rule.nextMoveMillis(ledger, 0)).isNull();
  }

  @Test
  void maximum_hasNoUseForIdleness() {
    WatermarkRule rule = rule(WatermarkPolicy.MAX, BY_10, IDLE_AFTER_30);
    commit(rule, 0, seen(100), seen(500));

    assertThat(rule.now(ledger, 1000)).isEqualTo(Watermark.of(495));
    assertThat(rule.nextMoveMillis(ledger, 0)).isNull();
  }

  private static WatermarkRule rule(WatermarkPolicy policy, WatermarkStrategy... strategies) {
    return new WatermarkRule(List.of(strategies), policy);
  }

  private static SeenTimes seen(long millis) {
    return new SeenTimes(1, 0, new NewestEventTime(millis, 0, 0));
  }

  private EpochPlan plan(long nowMillis) {
    return new EpochPlan(
        List.of(),
        new EpochTimes(
            ledger.committedEpoch() + 1, nowMillis, ledger.nextWatermark(), ledger.watermark()));
  }

  /** Commits an epoch and returns the watermark of the next one. */
  private Watermark commit(WatermarkRule rule, long nowMillis, SeenTimes... seen) {
    EpochPlan plan = plan(nowMillis);
    EpochCommit commit = rule.commit(ledger, plan, List.of(seen), EventCounts.NONE);
    ledger = ledger.planned(plan).committed(commit);
    return commit.nextWatermark();
  }
}
