/**
 * What a shard remembers: its groups, their timers, the rows of its last epoch, and what is parked;
 * and an epoch's way through it.
 *
 * <p>Read first: {@link io.vellamo.engine.shard.ShardLedger}, {@link
 * io.vellamo.engine.shard.EpochSteps}; then {@link io.vellamo.engine.shard.FailedCalls} and {@link
 * io.vellamo.engine.shard.EpochParks} for calls that throw.
 */
@NullMarked
package io.vellamo.engine.shard;

import org.jspecify.annotations.NullMarked;
