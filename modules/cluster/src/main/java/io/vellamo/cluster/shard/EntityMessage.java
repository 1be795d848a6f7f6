package io.vellamo.cluster.shard;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardReply;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A message to a {@link ShardEntity}: from another node, or one that stays on its node. */
sealed interface EntityMessage permits ToShard, EntityMessage.ChunkArrived, EntityMessage.Own {
  /** A message that stays on the node. */
  sealed interface Own extends EntityMessage {}

  /**
   * Notification that a chunk of an input has arrived.
   *
   * @param chunk the chunk
   */
  record ChunkArrived(InputChunk chunk) implements EntityMessage {}

  /** Command of the sharding to end this activation. */
  enum Stop implements Own {
    /** The only value. */
    INSTANCE
  }

  /** Notification that chunks may have to be requested again. */
  enum Tick implements Own {
    /** The only value. */
    INSTANCE
  }

  /** Notification that no coordinator has been there for a while. */
  enum Abandoned implements Own {
    /** The only value. */
    INSTANCE
  }

  /**
   * Notification that the input of an epoch has been read from its bytes.
   *
   * @param run the request
   * @param input the input; null if it can't be read
   * @param failure why it can't be read; null if it was
   */
  record InputRead(ToShard.Run run, @Nullable EpochInput input, @Nullable Throwable failure)
      implements Own {}

  /**
   * Notification that an answer has to be sent.
   *
   * @param link who asked
   * @param answer the answer
   */
  record Answer(ActorRef<FromShard> link, ShardAnswer answer) implements Own {}

  /**
   * Notification that an answer has been written to bytes.
   *
   * @param link who asked
   * @param reply the reply
   * @param chunks the answer; null if it can't be written
   * @param failure why it can't be written; null if it was
   */
  record AnswerWritten(
      ActorRef<FromShard> link,
      ShardReply reply,
      @Nullable List<Chunk> chunks,
      @Nullable Throwable failure)
      implements Own {}

  /**
   * Notification that a coordinator's end of a link is gone.
   *
   * @param link the end of the link
   */
  record LinkEnded(ActorRef<FromShard> link) implements Own {}

  /**
   * Notification that an order has been carried out.
   *
   * @param order the order
   * @param outcome the outcome
   */
  record RangeDone(ToShard.OrderRange order, RangeOutcome outcome) implements Own {}
}
