package io.vellamo.engine.epoch;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a query's watermark follows the watermarks of its streams.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class WatermarkRule {
  private final List<WatermarkStrategy> strategies;
  private final WatermarkPolicy policy;

  /**
   * Creates a rule.
   *
   * @param strategies those of the query's streams
   * @param policy what several make together
   */
  public WatermarkRule(List<WatermarkStrategy> strategies, WatermarkPolicy policy) {
    this.strategies = List.copyOf(strategies);
    this.policy = policy;
  }

  /**
   * Returns the end of an epoch: its events move their watermarks, and these the query's.
   *
   * @param ledger what was committed before it
   * @param plan the epoch
   * @param seen what each stream saw; empty if none saw anything
   * @param events the fate of its events
   */
  public EpochCommit commit(
      QueryLedger ledger, EpochPlan plan, List<SeenTimes> seen, EventCounts events) {
    long now = plan.times().processingTimeMillis();
    List<InputWatermark> before = inputs(ledger, now);
    List<InputWatermark> after = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      SeenTimes here = seen.isEmpty() ? SeenTimes.NONE : seen.get(i);
      after.add(after(before.get(i), here, strategies.get(i).delay(), now));
    }
    Watermark next = later(plan.times().watermark(), together(after, now));
    return new EpochCommit(plan.epoch(), next, events, after);
  }

  /** Returns the watermark of the next epoch if it is planned now; silence can have moved it. */
  public Watermark now(QueryLedger ledger, long nowMillis) {
    return canBeIdle()
        ? later(ledger.nextWatermark(), together(inputs(ledger, nowMillis), nowMillis))
        : ledger.nextWatermark();
  }

  /** Returns when silence will move the watermark if nothing else does, or null if it won't. */
  public @Nullable Long nextMoveMillis(QueryLedger ledger, long nowMillis) {
    if (!canBeIdle()) {
      return null;
    }
    List<InputWatermark> inputs = inputs(ledger, nowMillis);
    Long earliest = null;
    for (int i = 0; i < strategies.size(); i++) {
      Optional<Duration> silence = strategies.get(i).idleAfter();
      long last = inputs.get(i).lastEventMillis();
      long silentMillis = silence.map(Duration::toMillis).orElse(0L);
      long idleAt = last > Long.MAX_VALUE - silentMillis ? Long.MAX_VALUE : last + silentMillis;
      if (silence.isPresent()
          && idleAt > nowMillis
          && (earliest == null || idleAt < earliest)
          && together(inputs, idleAt).compareTo(ledger.nextWatermark()) > 0) {
        earliest = idleAt;
      }
    }
    return earliest;
  }

  /**
   * Returns where each stream's watermark stands, by its number.
   *
   * <p>What was committed counts if it is of as many streams. It is not before the first epoch, nor
   * behind a journal of the time when there was one watermark only, nor once the pipeline has more
   * or fewer of them: a stream alone goes on from the query's watermark then, several begin anew,
   * and the query's waits for all of them, as it never goes back.
   *
   * @param nowMillis since when streams that begin anew have been silent
   */
  public List<InputWatermark> inputs(QueryLedger ledger, long nowMillis) {
    if (ledger.inputs().size() == strategies.size()) {
      return ledger.inputs();
    }
    Watermark first = strategies.size() == 1 ? ledger.nextWatermark() : Watermark.NONE;
    return Collections.nCopies(strategies.size(), new InputWatermark(first, nowMillis));
  }

  /** Returns whether a stream holds nothing back at some processing time. */
  public boolean isIdle(InputWatermark input, int place, long nowMillis) {
    return strategies
        .get(place)
        .idleAfter()
        .map(silence -> nowMillis - input.lastEventMillis() >= silence.toMillis())
        .orElse(false);
  }

  private static InputWatermark after(
      InputWatermark before, SeenTimes seen, Duration delay, long now) {
    NewestEventTime newest = seen.newest();
    return new InputWatermark(
        newest == null
            ? before.watermark()
            : before.watermark().advance(newest.millis(), delay.toMillis()),
        seen.events() == 0 ? before.lastEventMillis() : now);
  }

  private Watermark together(List<InputWatermark> inputs, long now) {
    Watermark together = null;
    for (int i = 0; i < inputs.size(); i++) {
      Watermark one = inputs.get(i).watermark();
      if (isIdle(inputs.get(i), i, now)) {
        continue;
      }
      boolean replaces =
          together == null
              || (policy == WatermarkPolicy.MIN
                  ? one.compareTo(together) < 0
                  : one.compareTo(together) > 0);
      together = replaces ? one : together;
    }
    // If all are silent, the watermark stands still.
    return together == null ? Watermark.NONE : together;
  }

  private boolean canBeIdle() {
    return strategies.size() > 1
        && policy == WatermarkPolicy.MIN
        && strategies.stream().anyMatch(strategy -> strategy.idleAfter().isPresent());
  }

  private static Watermark later(Watermark one, Watermark other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
