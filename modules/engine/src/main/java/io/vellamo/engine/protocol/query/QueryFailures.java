package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.EpochPlan;
import org.jspecify.annotations.Nullable;

/** The messages of failed runs: why a run ended, and what that means for its epoch. */
final class QueryFailures {
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

  private QueryFailures() {}

  /**
   * Returns the failure of a run whose last epoch the journal holds and the sink has not committed.
   *
   * @param epoch the epoch
   * @param what the failed action, and why it failed
   * @param problem identifies the exception; 0 if there is none
   */
  static QueryFailure committing(String query, long epoch, String what, long problem) {
    String message =
        "Query [%s] failed after epoch [%d]: %s; the epoch is committed, a restart commits it at the sink"
            .formatted(query, epoch, what);
    return new QueryFailure(epoch, message, problem);
  }

  /**
   * Returns the failure of a run.
   *
   * @param planned the epoch that fails with it; null if there is none
   * @param what the failed action, and why it failed
   * @param problem identifies the exception; 0 if there is none
   */
  static QueryFailure of(
      String query, @Nullable EpochPlan planned, String what, Emitted emitted, long problem) {
    if (planned == null) {
      return new QueryFailure(0, "Query [%s] failed: %s".formatted(query, what), problem);
    }
    String message =
        "Query [%s] failed in epoch [%d]: %s; %s, a restart runs it again"
            .formatted(query, planned.epoch(), what, emitted.words);
    return new QueryFailure(planned.epoch(), message, problem);
  }
}
