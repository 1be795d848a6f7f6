package io.vellamo.engine.epoch;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a query's watermark follows the watermarks of its streams.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class WatermarkRule {
  private final List<WatermarkStrategy> strategies;
  private final WatermarkPolicy policy;

  /**
   * Creates a rule.
   *
   * @param strategies the strategies of the query's streams
   * @param policy how several watermarks are combined
   */
  public WatermarkRule(List<WatermarkStrategy> strategies, WatermarkPolicy policy) {
    this.strategies = List.copyOf(strategies);
    this.policy = policy;
  }

  /**
   * Returns the commit of an epoch: its events move the watermarks of their streams, which move the
   * query's watermark.
   *
   * @param ledger the ledger before the commit
   * @param plan the epoch
   * @param seen the event times of each stream; empty if there are none
   * @param events the fate of its events
   */
  public EpochCommit commit(
      QueryLedger ledger, EpochPlan plan, List<SeenTimes> seen, EventCounts events) {
    long now = plan.times().processingTimeMillis();
    List<InputWatermark> inputs = inputs(ledger, now);
    List<InputWatermark> changes = new ArrayList<>();
    List<InputWatermark> after = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      SeenTimes here = seen.isEmpty() ? SeenTimes.NONE : seen.get(i);
      InputWatermark change = change(inputs.get(i), i, plan, here);
      changes.add(change);
      after.add(inputs.get(i).then(change, List.of()));
    }
    // The plan's watermark can be the earlier one if the run begins with an epoch without data.
    Watermark before = later(plan.times().watermark(), ledger.nextWatermark());
    Watermark next = later(before, together(after, now));
    return new EpochCommit(plan.epoch(), next, events, changes);
  }

  /**
   * Returns the offered ranges without those of partitions that wait for slower ones.
   *
   * @param offered what the sources have to read
   */
  List<OffsetRange> withoutPaused(QueryLedger ledger, List<OffsetRange> offered) {
    Set<SourcePartition> paused = new HashSet<>();
    for (int i = 0; i < Math.min(strategies.size(), ledger.inputs().size()); i++) {
      paused.addAll(partitions(i).paused(ledger.inputs().get(i), offered));
    }
    return paused.isEmpty()
        ? offered
        : offered.stream().filter(range -> !paused.contains(range.partition())).toList();
  }

  private PartitionWatermarks partitions(int place) {
    return new PartitionWatermarks(strategies.get(place));
  }

  /** Returns the watermark of the next epoch if it is planned now; idleness may have moved it. */
  public Watermark now(QueryLedger ledger, long nowMillis) {
    return canBeIdle()
        ? later(ledger.nextWatermark(), together(inputs(ledger, nowMillis), nowMillis))
        : ledger.nextWatermark();
  }

  /**
   * Returns the time at which idleness moves the watermark if nothing else does; null if it does
   * not.
   */
  public @Nullable Long nextMoveMillis(QueryLedger ledger, long nowMillis) {
    if (!canBeIdle()) {
      return null;
    }
    List<InputWatermark> inputs = inputs(ledger, nowMillis);
    return idleTimes(inputs).stream()
        .filter(idleAt -> idleAt > nowMillis)
        .sorted()
        .filter(idleAt -> together(inputs, idleAt).compareTo(ledger.nextWatermark()) > 0)
        .findFirst()
        .orElse(null);
  }

  private List<Long> idleTimes(List<InputWatermark> inputs) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      Optional<Duration> silence = strategies.get(i).idleAfter();
      if (silence.isPresent()) {
        times.add(Millis.plus(inputs.get(i).lastEventMillis(), silence.get().toMillis()));
        partitions(i).addIdleTimes(inputs.get(i), silence.get(), times);
      }
    }
    return times;
  }

  /**
   * Returns the watermarks of the streams, by number.
   *
   * <p>Committed watermarks are used if their number is that of the streams. It differs before the
   * first epoch, after recovery from a journal that holds only the query's watermark, and after the
   * pipeline has gained or lost watermarks. In these cases a single stream resumes from the query's
   * watermark; several streams start without a watermark, and the query's watermark, which never
   * decreases, waits for them.
   *
   * @param nowMillis the processing time taken as that of each stream's last event if the committed
   *     watermarks are not used
   */
  public List<InputWatermark> inputs(QueryLedger ledger, long nowMillis) {
    if (ledger.inputs().size() == strategies.size()) {
      return ledger.inputs();
    }
    Watermark first = strategies.size() == 1 ? ledger.nextWatermark() : Watermark.NONE;
    return Collections.nCopies(strategies.size(), new InputWatermark(first, nowMillis));
  }

  /**
   * Returns whether a stream is idle at a processing time, so that it does not hold back the
   * watermark.
   */
  public boolean isIdle(InputWatermark input, int place, long nowMillis) {
    return strategies
        .get(place)
        .idleAfter()
        .map(silence -> nowMillis - input.lastEventMillis() >= silence.toMillis())
        .orElse(false);
  }

  /** Returns whether a partition is idle at a processing time. */
  public boolean isIdle(PartitionWatermark partition, int place, long nowMillis) {
    return partitions(place).isIdle(partition, nowMillis);
  }

  /** Returns a stream's watermark after an epoch, with the partitions that the epoch changes. */
  private InputWatermark change(InputWatermark before, int place, EpochPlan plan, SeenTimes seen) {
    long now = plan.times().processingTimeMillis();
    long lastEvent = seen.events() == 0 ? before.lastEventMillis() : now;
    if (strategies.get(place).isPerPartition() && !(seen.ranges().isEmpty() && seen.events() > 0)) {
      PartitionWatermarks rule = partitions(place);
      InputWatermark change =
          new InputWatermark(before.watermark(), lastEvent, rule.changed(before, plan, seen));
      Watermark together = rule.together(before.then(change, List.of()), now);
      return new InputWatermark(together, lastEvent, change.partitions());
    }
    NewestEventTime newest = seen.newest();
    long delay = strategies.get(place).delay().toMillis();
    return new InputWatermark(
        newest == null ? before.watermark() : before.watermark().advance(newest.millis(), delay),
        lastEvent);
  }

  private Watermark together(List<InputWatermark> inputs, long now) {
    Watermark together = null;
    for (int i = 0; i < inputs.size(); i++) {
      Watermark one = partitions(i).together(inputs.get(i), now);
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
    // If all streams are idle, the watermark does not move.
    return together == null ? Watermark.NONE : together;
  }

  private boolean canBeIdle() {
    boolean isMinimum = strategies.size() > 1 && policy == WatermarkPolicy.MIN;
    return strategies.stream()
        .filter(strategy -> strategy.idleAfter().isPresent())
        .anyMatch(strategy -> isMinimum || strategy.isPerPartition());
  }

  private static Watermark later(Watermark one, Watermark other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
