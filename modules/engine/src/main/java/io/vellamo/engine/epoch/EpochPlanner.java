package io.vellamo.engine.epoch;

import io.vellamo.api.group.GroupStateTimeout;
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
 * trails by one epoch. In processing time they run only when a timer is due; Spark's run for ever.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class EpochPlanner {
  private final Trigger trigger;
  private final GroupStateTimeout timeout;

  /**
   * Creates a planner.
   *
   * @param trigger the query's trigger
   * @param timeout the clock of its operator's timeouts; {@code NONE} if it has no operator
   */
  public EpochPlanner(Trigger trigger, GroupStateTimeout timeout) {
    this.trigger = trigger;
    this.timeout = timeout;
  }

  /**
   * Decides.
   *
   * @param ledger what has been committed; nothing may be planned
   * @param epochsOfRun how many epochs this run has run
   * @param offered what the source offers; empty if it has been read to its end
   * @param due when timers are due
   * @param nowMillis the processing time
   */
  public Decision next(
      QueryLedger ledger,
      long epochsOfRun,
      List<OffsetRange> offered,
      NextDue due,
      long nowMillis) {
    if (trigger == Trigger.once() && epochsOfRun > 0) {
      return Decision.Finish.INSTANCE;
    }
    long processingTime = Math.max(nowMillis, ledger.processingTimeMillis());
    if (!offered.isEmpty()
        || watermarkMoved(ledger)
        || isDue(due.processingTimeMillis(), processingTime)) {
      return run(ledger, offered, ledger.nextWatermark(), processingTime);
    }
    if (trigger == Trigger.drain()
        && timeout == GroupStateTimeout.EVENT_TIME
        && !ledger.nextWatermark().equals(Watermark.END)) {
      return run(ledger, offered, Watermark.END, processingTime);
    }
    if (trigger.ends()) {
      return Decision.Finish.INSTANCE;
    }
    Long dueMillis = due.processingTimeMillis();
    // A timer fires when processing time is greater than it.
    return new Decision.Wait(dueMillis == null ? null : dueMillis + 1);
  }

  private boolean watermarkMoved(QueryLedger ledger) {
    return timeout == GroupStateTimeout.EVENT_TIME
        && !ledger.nextWatermark().equals(ledger.watermark());
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
