package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.jspecify.annotations.Nullable;

/**
 * A live group, which calls the user's function and keeps the state that the last call left.
 *
 * <p>The live state is used only while the shard holds a state of the epoch that the live one was
 * read from or written in. So it can't be ahead of the journal, whatever happened to a write.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LiveGroup extends HostHandle {
  private @Nullable Object live;
  private long liveEpoch = GroupEntry.NO_EPOCH;

  /** Forgets the state, because another group follows, or this one after others. */
  void forget() {
    live = null;
    liveEpoch = GroupEntry.NO_EPOCH;
  }

  /** Makes a call of the group. */
  CallResult run(GroupStep<?, ?, ?, ?> step, EpochCall call, EpochTimes times) {
    GroupEntry entry = call.entry();
    long epoch = entry.stateEpoch();
    Object known = epoch != GroupEntry.NO_EPOCH && epoch == liveEpoch ? live : null;
    try {
      StepOutcome outcome = call.run(step, known, times);
      live = outcome.live();
      liveEpoch = outcome.change().stateEpochAfter(entry, times.epoch());
      return new CallResult.Returned(call, outcome);
    } catch (Exception | Error e) {
      // Even OutOfMemoryError: a call without a result would hold up its shard forever.
      forget();
      return new CallResult.Threw(call, e);
    }
  }
}
