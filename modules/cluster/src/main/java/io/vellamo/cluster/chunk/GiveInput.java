package io.vellamo.cluster.chunk;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.Fence;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Request for chunks of what was read of an epoch. The holder answers with an {@link InputChunk}
 * each, or not at all if it no longer has them.
 *
 * @param shard the shard whose input is requested; {@link #REPORT} for the report of the reader
 * @param fence identifies the epoch
 * @param part the index of the part, which the answers repeat
 * @param held identifies what is requested for the holder, which has told it
 * @param from the number of the first chunk
 * @param count the most chunks
 * @param replyTo gets the chunks
 */
public record GiveInput(
    int shard, Fence fence, int part, long held, int from, int count, ActorRef<InputChunk> replyTo)
    implements ClusterMessage {
  /** In place of a shard. */
  public static final int REPORT = -1;

  /** Sends what is requested of some chunks. */
  public void answer(List<Chunk> chunks) {
    int until = Math.min(from + count, chunks.size());
    for (int number = from; number < until; number++) {
      replyTo.tell(new InputChunk(fence, part, number, chunks.get(number)));
    }
  }
}
