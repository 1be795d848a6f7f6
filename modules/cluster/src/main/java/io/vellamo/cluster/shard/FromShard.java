package io.vellamo.cluster.shard;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.message.ClusterMessage;

/** A message of a shard to the coordinator. It may be lost, and may arrive twice. */
sealed interface FromShard extends LinkMessage, ClusterMessage {
  /** Returns the number of the shard. */
  int shard();

  /**
   * An answer: a reply and what goes with it, as bytes.
   *
   * @param shard the shard
   * @param answer identifies the answer among those of this activation
   * @param chunks the number of chunks of its bytes
   * @param first the first chunk
   */
  record Answered(int shard, long answer, int chunks, Chunk first) implements FromShard {}

  /**
   * A chunk of an answer.
   *
   * @param shard the shard
   * @param answer identifies the answer
   * @param number the number of the chunk
   * @param chunk the chunk
   */
  record AnswerChunk(int shard, long answer, int number, Chunk chunk) implements FromShard {}

  /**
   * Notification that an activation of a shard has failed.
   *
   * @param shard the shard
   * @param owner the activation; 0 if it was not opened
   * @param text why
   * @param mayPass whether another activation may work
   */
  record Ended(int shard, long owner, String text, boolean mayPass) implements FromShard {}

  /**
   * The outcome of an order.
   *
   * @param shard the shard
   * @param order the number of the order
   * @param outcome the outcome
   */
  record RangeAnswered(int shard, long order, RangeOutcome outcome) implements FromShard {}
}
