package io.vellamo.cluster.shard;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.ShardReply;

/** A message of a shard to the coordinator. It may be lost, and may arrive twice. */
sealed interface FromShard extends LinkMessage, ClusterMessage {
  /** Returns the number of the shard. */
  int shard();

  /**
   * A reply.
   *
   * @param reply the reply
   * @param output identifies the output that goes with it, among those of this activation
   * @param chunks the number of chunks of the output; 0 if there is none
   * @param first the first chunk
   */
  record Answered(ShardReply reply, long output, int chunks, byte[] first) implements FromShard {
    @Override
    public int shard() {
      return reply.shard();
    }
  }

  /**
   * A chunk of an output.
   *
   * @param shard the shard
   * @param output identifies the output
   * @param number the number of the chunk
   * @param bytes the chunk
   */
  record OutputChunk(int shard, long output, int number, byte[] bytes) implements FromShard {}

  /**
   * Notification that an activation of a shard has failed.
   *
   * @param shard the shard
   * @param incarnation the run that last opened it; 0 if none has
   * @param text why
   * @param mayPass whether another activation may work
   */
  record Ended(int shard, long incarnation, String text, boolean mayPass) implements FromShard {}
}
