package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;

/** Something that happened to a shard. */
public sealed interface ShardInput {
  /**
   * The end of the recovery: {@link ShardMachine#recover} got all records.
   *
   * @param lastSequenceNr the sequence number of the last record in the journal; 0 if there is none
   */
  record Recovered(long lastSequenceNr) implements ShardInput {}

  /**
   * A request other than one to run an epoch.
   *
   * @param request the request
   * @param replyTo identifies the request to the shell, which knows who sent it
   */
  record Requested(ShardRequest request, long replyTo) implements ShardInput {
    /** Checks the request. */
    public Requested {
      if (request instanceof ShardRequest.RunEpoch) {
        throw new IllegalArgumentException(
            "request to run an epoch must come with the epoch's input; use RunRequested");
      }
    }
  }

  /**
   * A request to run an epoch.
   *
   * @param request the request
   * @param input the epoch's input for this shard
   * @param replyTo identifies the request to the shell, which knows who sent it
   */
  record RunRequested(ShardRequest.RunEpoch request, EpochInput input, long replyTo)
      implements ShardInput {}

  /**
   * The end of a round of calls: the results of {@link ShardEffects#call}.
   *
   * @param results one for each call
   */
  record Called(List<CallResult> results) implements ShardInput {}

  /**
   * The end of the delay of {@link ShardEffects#callLater}.
   *
   * @param epoch the epoch whose calls were delayed
   */
  record CallDue(long epoch) implements ShardInput {}

  /**
   * The acknowledgement of a write: the journal holds the records of {@link ShardEffects#persist}.
   *
   * @param lastSequenceNr the sequence number of the last of them
   */
  record Journaled(long lastSequenceNr) implements ShardInput {}

  /** The shard's turn after {@link ShardEffects#continueSnapshot}. */
  enum SnapshotDue implements ShardInput {
    /** The only value. */
    INSTANCE
  }
}
