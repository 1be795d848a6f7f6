package io.vellamo.cluster.shard;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.Fence;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Request for chunks of the input of a shard. The holder answers with an {@link InputChunk} each,
 * or not at all if it no longer has them.
 *
 * @param shard the shard
 * @param fence identifies the epoch
 * @param part the index of the part, which the answers repeat
 * @param from the number of the first chunk
 * @param count the most chunks
 * @param replyTo gets the chunks
 */
public record GiveInput(
    int shard, Fence fence, int part, int from, int count, ActorRef<InputChunk> replyTo)
    implements ClusterMessage {}
