/**
 * The protocol of a shard as a state machine: what happened comes in, what is to be done comes out.
 *
 * <p>Read first: {@link io.vellamo.engine.protocol.shard.ShardMachine}, {@link
 * io.vellamo.engine.protocol.shard.ShardInput}, {@link
 * io.vellamo.engine.protocol.shard.ShardEffects}; {@code ShardMachine.md} for the table of all
 * transitions.
 */
@NullMarked
package io.vellamo.engine.protocol.shard;

import org.jspecify.annotations.NullMarked;
