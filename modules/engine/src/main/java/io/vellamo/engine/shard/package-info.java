/**
 * The state of a shard: its groups, their timers, its parked groups and the rows of its last epoch;
 * and the processing of an epoch in it.
 *
 * <p>Read first: {@link io.vellamo.engine.shard.ShardLedger}, {@link
 * io.vellamo.engine.shard.EpochSteps}; then {@link io.vellamo.engine.shard.FailedCalls} and {@link
 * io.vellamo.engine.shard.EpochParks} for calls that throw.
 */
@NullMarked
package io.vellamo.engine.shard;

import org.jspecify.annotations.NullMarked;
