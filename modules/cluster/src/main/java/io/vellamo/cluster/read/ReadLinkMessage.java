package io.vellamo.cluster.read;

import io.vellamo.api.source.Offsets;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.ShareReport;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A message to a {@link ReadLink}: of a reader, or of the coordinator beside it. */
sealed interface ReadLinkMessage permits FromReader, ReadLinkMessage.Own {
  /** A message that stays on the node. */
  sealed interface Own extends ReadLinkMessage {}

  /**
   * Command to read the epochs of a run from now on.
   *
   * @param ledger the query as its journal knows it
   */
  record Begin(QueryLedger ledger) implements Own {}

  /**
   * Command to read an epoch.
   *
   * @param plan the epoch
   * @param attempt the attempt to run it
   * @param keepsEvents whether groups get each event, so that none are reduced before
   */
  record ReadEpoch(EpochPlan plan, long attempt, boolean keepsEvents) implements Own {}

  /**
   * Command to tell the readers of a commit.
   *
   * @param offsets everything before them is committed
   */
  record Commit(Offsets offsets) implements Own {}

  /**
   * Command to forget an attempt.
   *
   * @param epoch the epoch
   * @param attempt the attempt
   */
  record Forget(long epoch, long attempt) implements Own {}

  /**
   * Notification of the readers that there are.
   *
   * @param readers the readers
   */
  record Readers(Set<ActorRef<ToReader>> readers) implements Own {}

  /**
   * Notification that a chunk of a report has arrived.
   *
   * @param chunk the chunk
   */
  record ReportChunk(InputChunk chunk) implements Own {}

  /**
   * Notification that a report has been read from its bytes.
   *
   * @param share the share
   * @param report the report; null if it can't be read
   * @param failure why it can't be read; null if it was
   */
  record ReportRead(ShareId share, @Nullable ShareReport report, @Nullable Throwable failure)
      implements Own {}

  /** Notification that requests may have to be sent again. */
  enum Tick implements Own {
    /** The only value. */
    INSTANCE
  }
}
