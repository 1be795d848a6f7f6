package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.jspecify.annotations.Nullable;

/**
 * A live group, which calls the user's function and keeps the state that the last call left.
 *
 * <p>The live state is used only while the shard still holds the same byte array that the state was
 * read from or written to. So it can't be ahead of the journal, whatever happened to a write.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LiveGroup extends HostHandle {
  private @Nullable Object live;
  private byte @Nullable [] liveBytes;

  /** Makes a call of the group. */
  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one: see above
  CallResult run(GroupStep<?, ?, ?, ?> step, EpochCall call, EpochTimes times) {
    byte[] bytes = call.entry().state();
    Object known = bytes != null && bytes == liveBytes ? live : null;
    try {
      StepOutcome outcome = call.run(step, known, times);
      live = outcome.live();
      liveBytes = outcome.change().stateAfter(call.entry());
      return new CallResult.Returned(call, outcome);
    } catch (Exception | Error e) {
      // Even OutOfMemoryError: a call without a result would hold up its shard forever.
      live = null;
      liveBytes = null;
      return new CallResult.Threw(call, e);
    }
  }
}
