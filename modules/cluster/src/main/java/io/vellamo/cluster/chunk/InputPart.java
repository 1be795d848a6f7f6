package io.vellamo.cluster.chunk;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * A part of the input of a shard, as its holder keeps it.
 *
 * @param holder gives the chunks
 * @param held identifies it for the holder
 * @param chunks the number of chunks
 * @param first the first chunk; empty if it has to be requested too
 */
public record InputPart(ActorRef<GiveInput> holder, long held, int chunks, Chunk first) {}
