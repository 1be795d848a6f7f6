package io.vellamo.engine.epoch;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which epoch comes next, and whether one does.
 *
 * <p>Epochs without data follow Spark for event time: each move of the watermark is followed by one
 * epoch, with the next input if it is there and without otherwise, because the late watermark
 * trails by one epoch. Like Spark's, a run begins with data: until then the watermark stays where
 * the run before left it, or an event that comes next would be late only because of the restart. In
 * processing time epochs without data run only when a timer is due; Spark's never end.
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
   * @param usesEventTime whether one of its operators compares event times with the watermark
   * @param watermarks how its watermark moves
   */
  public EpochPlanner(Trigger trigger, boolean usesEventTime, WatermarkRule watermarks) {
    this.trigger = trigger;
    this.usesEventTime = usesEventTime;
    this.watermarks = watermarks;
  }

  /**
   * Decides.
   *
   * @param ledger what has been committed; nothing may be planned
   * @param run what this run has done
   * @param offered what the source offers; empty if it has been read to its end
   * @param due when timers are due
   * @param nowMillis the processing time
   */
  public Decision next(
      QueryLedger ledger, RunSoFar run, List<OffsetRange> offered, NextDue due, long nowMillis) {
    if (trigger == Trigger.once() && run.epochs() > 0) {
      return Decision.Finish.INSTANCE;
    }
    long processingTime = Math.max(nowMillis, ledger.processingTimeMillis());
    // A drain asks for everything to be closed, whether or not there is data.
    boolean isMoving = run.hadData() || !offered.isEmpty() || trigger == Trigger.drain();
    Watermark watermark = isMoving ? watermarks.now(ledger, processingTime) : ledger.watermark();
    if (!offered.isEmpty()
        || (usesEventTime && !watermark.equals(ledger.watermark()))
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
    // A timer fires when processing time is greater than it.
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
