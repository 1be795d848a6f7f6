package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.protocol.Fence;
import org.jspecify.annotations.Nullable;

/** The latest request of a run to run an epoch, which decides which others are out of date. */
final class LatestRequest {
  private final ShardAnswers answers;
  // Null until this run has made one.
  private @Nullable Fence latest;

  LatestRequest(ShardAnswers answers) {
    this.answers = answers;
  }

  /** Notes a request that an epoch is run or answered for. */
  void is(Fence fence) {
    latest = fence;
  }

  /** Notes that another run has opened the shard. */
  void forget() {
    latest = null;
  }

  /**
   * Returns whether a request is out of date. One for the whole result that arrives twice is so
   * once it has pages: they have been taken, and nobody would request them again.
   *
   * @param running the epoch that runs; null if none does
   */
  boolean makesPast(Fence fence, @Nullable ShardEpoch running) {
    if (latest != null && fence.isOvertakenBy(latest)) {
      return true;
    }
    return running == null
        ? answers.emitsWholeResult() && fence.equals(latest)
        : running.hasSentPages(fence);
  }
}
