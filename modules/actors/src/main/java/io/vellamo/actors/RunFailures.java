package io.vellamo.actors;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.protocol.ShardFailure.EventPosition;
import io.vellamo.engine.shard.EventForms;
import org.jspecify.annotations.Nullable;

/** The messages of failed runs: why a run ended, and what that means for its epoch. */
final class RunFailures {
  /** The part of a failed epoch that sinks may hold. */
  enum Emitted {
    /** No sink was asked to write it. */
    NOTHING("nothing of the epoch was emitted"),
    /** Sinks have been asked: what they hold of it is unknown. */
    PERHAPS("sinks may hold rows of the epoch"),
    /** This run asked no sink, but the run that planned the epoch may have. */
    PERHAPS_EARLIER("an earlier run may have emitted rows of the epoch");

    private final String words;

    Emitted(String words) {
      this.words = words;
    }
  }

  private RunFailures() {}

  /**
   * Returns the failure of a run.
   *
   * @param planned the epoch that fails with it; null if there is none
   * @param what the failed action, and why it failed
   */
  static StreamingQueryException failed(
      String query,
      @Nullable EpochPlan planned,
      String what,
      Emitted emitted,
      @Nullable Throwable cause) {
    if (planned == null) {
      String message = "Query [%s] failed: %s".formatted(query, what);
      return new StreamingQueryException(query, 0, message, cause);
    }
    String message =
        "Query [%s] failed in epoch [%d]: %s; %s, a restart runs it again"
            .formatted(query, planned.epoch(), what, emitted.words);
    return new StreamingQueryException(query, planned.epoch(), message, cause);
  }

  /** Returns the position of the failed event, to be appended to a message. */
  static String position(EventPosition position, EpochPlan plan) {
    if (position.range() == EventForms.WAITED) {
      return ", called with events that waited";
    }
    if (position.range() == GroupBatch.NO_RANGE) {
      return ", called with rows of another operator";
    }
    OffsetRange range = plan.ranges().get(position.range());
    return ", source position [%s@%d]".formatted(range.partition(), position.offset());
  }
}
