package io.vellamo.cluster.shard;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message to a {@link ShardLink}: from a shard, or of the coordinator beside it. */
sealed interface LinkMessage permits FromShard, LinkMessage.Input, LinkMessage.Own {
  /** A message that stays on the node. */
  sealed interface Own extends LinkMessage {}

  /**
   * A request of a shard for its input.
   *
   * @param request the request
   */
  record Input(GiveInput request) implements LinkMessage {}

  /**
   * Command to send requests to the shards of a query from now on.
   *
   * @param created its shards and operators
   */
  record Begin(QueryCreated created) implements Own {}

  /**
   * Command to have the ranges of the sink written where their shards run from now on.
   *
   * @param ledger the query as its journal knows it
   * @param firstShard the first of the shards whose rows lead to the sink
   */
  record WriteRanges(QueryLedger ledger, int firstShard) implements Own {}

  /**
   * Command to write a range.
   *
   * @param range the range
   * @param epoch the epoch
   */
  record WriteRange(int range, long epoch) implements Own {}

  /**
   * Command to commit an epoch at a range.
   *
   * @param range the range
   * @param epoch the epoch
   */
  record CommitRange(int range, long epoch) implements Own {}

  /**
   * Command to send a request, until it is answered.
   *
   * @param shard the shard
   * @param request the request
   */
  record Send(int shard, ShardRequest request) implements Own {}

  /**
   * Command to have a shard run an epoch.
   *
   * @param shard the shard
   * @param request the request
   * @param input the shard's input
   */
  record SendRun(int shard, ShardRequest.RunEpoch request, EpochInput input) implements Own {}

  /**
   * Notification of where shards get their events of an epoch.
   *
   * @param attempt the attempt to run the epoch
   * @param parts the parts of each shard that has events
   */
  record InputsHeld(long attempt, Map<Integer, List<InputPart>> parts) implements Own {}

  /**
   * Notification that the events of an attempt are no longer held.
   *
   * @param attempt the attempt
   */
  record InputsForgotten(long attempt) implements Own {}

  /**
   * Command to forget an attempt, which nobody awaits any more.
   *
   * @param epoch the epoch
   * @param attempt the attempt to run it
   */
  record Discard(long epoch, long attempt) implements Own {}

  /**
   * Notification that the input of a shard has been written to bytes.
   *
   * @param shard the shard
   * @param request the request
   * @param chunks the input; null if it can't be written
   * @param failure why it can't be written; null if it was
   */
  record InputWritten(
      int shard,
      ShardRequest.RunEpoch request,
      @Nullable List<Chunk> chunks,
      @Nullable Throwable failure)
      implements Own {}

  /**
   * Notification that an answer of a shard has been read from its bytes.
   *
   * @param shard the shard
   * @param answer the answer; null if it can't be read
   * @param failure why it can't be read; null if it was
   */
  record AnswerRead(int shard, @Nullable ShardAnswer answer, @Nullable Throwable failure)
      implements Own {}

  /** Notification that requests may have to be sent again. */
  enum Tick implements Own {
    /** The only value. */
    INSTANCE
  }
}
