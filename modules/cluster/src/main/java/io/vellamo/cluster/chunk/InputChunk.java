package io.vellamo.cluster.chunk;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.Fence;

/**
 * A chunk of the input of a shard.
 *
 * @param fence identifies the epoch
 * @param part the index of the part
 * @param number the number of the chunk
 * @param chunk the chunk
 */
public record InputChunk(Fence fence, int part, int number, Chunk chunk)
    implements ClusterMessage {}
