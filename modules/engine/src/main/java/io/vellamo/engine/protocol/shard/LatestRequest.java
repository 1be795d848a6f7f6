package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.shard.ShardLedger;
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
    answers.forgetLast();
  }

  /** Returns whether the shard was asked to run, or has run, a later epoch than a request names. */
  boolean isAfter(Fence fence, ShardLedger ledger) {
    return ledger.lastEpoch() > fence.epoch() || (latest != null && latest.epoch() > fence.epoch());
  }

  /** Notes that another run has opened the shard. */
  void forget() {
    latest = null;
    answers.forgetLast();
  }

  /**
   * Returns whether a request is out of date, or is answered already. One for the whole result is
   * so from its first page on: the groups are not called for it again.
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
