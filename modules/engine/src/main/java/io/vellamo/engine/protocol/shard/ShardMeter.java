package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.protocol.HotGroup;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.shard.EpochCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The measurement of a shard's effort for an epoch.
 *
 * <p>Of each round of calls it keeps the groups that have more than {@code 1 / fraction} of the
 * round's events or time. So a round adds at most twice {@code fraction} groups, whatever the
 * number of calls, and what is left out of a group over all rounds is at most {@code 1 / fraction}
 * of everything.
 *
 * <p><b>Cost</b> Two passes over the results of a round; allocates for the groups that it keeps.
 */
final class ShardMeter {
  private final int fraction;
  private final List<HotGroup> hot = new ArrayList<>();
  private long beganNanos;
  private long calls;
  private long callNanos;
  private long functionNanos;
  private long persistNanos;
  private long journalBytes;

  /**
   * Creates a meter without measurements.
   *
   * @param fraction the number that bounds the groups that are kept; 0 to keep none
   */
  ShardMeter(int fraction) {
    this.fraction = fraction;
  }

  /** Notes that a round of calls, or the writing of the changes, begins. */
  void begin(long nowNanos) {
    beganNanos = nowNanos;
  }

  /** Notes that a round of calls has ended. */
  void called(List<CallResult> results, long nowNanos) {
    calls += results.size();
    callNanos += nowNanos - beganNanos;
    if (fraction > 0) {
      keepHot(results);
    }
  }

  /** Notes that the journal holds the changes. */
  void written(long bytes, long nowNanos) {
    persistNanos += nowNanos - beganNanos;
    journalBytes += bytes;
  }

  private void keepHot(List<CallResult> results) {
    long allEvents = 0;
    long allNanos = 0;
    for (int place = 0; place < results.size(); place++) {
      CallResult result = results.get(place);
      allEvents += events(result.call());
      allNanos += result.nanos();
    }
    functionNanos += allNanos;
    long fewEvents = allEvents / fraction;
    long fewNanos = allNanos / fraction;
    for (int place = 0; place < results.size(); place++) {
      CallResult result = results.get(place);
      long events = events(result.call());
      boolean isFrequent = events > fewEvents;
      boolean isSlow = result.nanos() > fewNanos;
      if (isFrequent || isSlow) {
        hot.add(
            new HotGroup(
                result.call().key(), isFrequent ? events : 0, isSlow ? result.nanos() : 0));
      }
    }
  }

  private static long events(EpochCall call) {
    GroupBatch<Object> batch = call.batch();
    return batch == null ? 0 : batch.size();
  }

  /** Returns the effort so far. */
  ShardWork work() {
    return new ShardWork(calls, callNanos, functionNanos, persistNanos, journalBytes, hot);
  }
}
