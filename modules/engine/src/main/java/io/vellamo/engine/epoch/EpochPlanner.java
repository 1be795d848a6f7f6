package io.vellamo.engine.epoch;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision whether to run another epoch, and which.
 *
 * <p>In event time, epochs without data follow Spark: after each move of the watermark one more
 * epoch runs, with input if there is any and without otherwise, because the late watermark trails
 * by one epoch. As in Spark, a run begins with data: until then the watermark stays where the
 * preceding run left it, or the next event could be late only because of the restart. Otherwise,
 * epochs without data run only when a timer is due, in event time one that was set in the past;
 * Spark runs them without end in processing time.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class EpochPlanner {
  private final Trigger trigger;
  private final boolean usesEventTime;
  private final WatermarkRule watermarks;

  /**
   * Creates a planner.
   *
   * @param trigger the query's trigger
   * @param usesEventTime whether an operator of the query compares event times with the watermark
   * @param watermarks the rule by which its watermark moves
   */
  public EpochPlanner(Trigger trigger, boolean usesEventTime, WatermarkRule watermarks) {
    this.trigger = trigger;
    this.usesEventTime = usesEventTime;
    this.watermarks = watermarks;
  }

  /**
   * Returns the next action of the query.
   *
   * @param ledger the query's ledger, without a planned epoch
   * @param run the epochs of this run so far
   * @param ranges the ranges that the source offers; empty if there is nothing to read
   * @param due the next due times of timers
   * @param nowMillis the processing time
   */
  public Decision next(
      QueryLedger ledger, RunSoFar run, List<OffsetRange> ranges, NextDue due, long nowMillis) {
    // The only epoch of a run leaves nothing for later ones.
    List<OffsetRange> offered =
        trigger == Trigger.once() ? ranges : watermarks.withoutPaused(ledger, ranges);
    if (trigger == Trigger.once() && run.epochs() > 0) {
      return Decision.Finish.INSTANCE;
    }
    long processingTime = Math.max(nowMillis, ledger.processingTimeMillis());
    // A drain moves the watermark to the end of time, whether or not there is data.
    boolean isMoving = run.hadData() || !offered.isEmpty() || trigger == Trigger.drain();
    Watermark watermark = isMoving ? watermarks.now(ledger, processingTime) : ledger.watermark();
    if (!offered.isEmpty()
        || (usesEventTime && !watermark.equals(ledger.watermark()))
        || isDue(due.eventTimeMillis(), watermark.millis())
        || isDue(due.processingTimeMillis(), processingTime)) {
      return run(ledger, offered, watermark, processingTime);
    }
    if (trigger == Trigger.drain() && usesEventTime && !watermark.equals(Watermark.END)) {
      return run(ledger, offered, Watermark.END, processingTime);
    }
    if (trigger.ends()) {
      return Decision.Finish.INSTANCE;
    }
    Long dueMillis = due.processingTimeMillis();
    Long moveMillis =
        usesEventTime && isMoving ? watermarks.nextMoveMillis(ledger, processingTime) : null;
    // A timer fires when processing time is greater than its due time.
    Long timerMillis =
        dueMillis == null || dueMillis == Long.MAX_VALUE ? dueMillis : Long.valueOf(dueMillis + 1);
    return new Decision.Wait(earlier(timerMillis, moveMillis));
  }

  private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Long.valueOf(Math.min(one, other));
  }

  private static boolean isDue(@Nullable Long dueMillis, long nowMillis) {
    return dueMillis != null && dueMillis < nowMillis;
  }

  private static Decision run(
      QueryLedger ledger, List<OffsetRange> ranges, Watermark watermark, long processingTime) {
    EpochTimes times =
        new EpochTimes(ledger.committedEpoch() + 1, processingTime, watermark, ledger.watermark());
    return new Decision.Run(new EpochPlan(ranges, times));
  }
}
