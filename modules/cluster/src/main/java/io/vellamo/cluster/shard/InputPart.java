package io.vellamo.cluster.shard;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * A part of the input of a shard, as its holder keeps it.
 *
 * @param holder gives the chunks
 * @param chunks the number of chunks
 * @param first the first chunk; empty if it has to be requested too
 */
record InputPart(ActorRef<GiveInput> holder, int chunks, byte[] first) {}
