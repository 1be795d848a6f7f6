/**
 * What a shard remembers: its groups, their timers, and the rows of its last epoch.
 *
 * <p>Read first: {@link io.vellamo.engine.shard.ShardLedger}, {@link
 * io.vellamo.engine.shard.ShardChange}, {@link io.vellamo.engine.shard.TimerIndex}.
 */
@NullMarked
package io.vellamo.engine.shard;

import org.jspecify.annotations.NullMarked;
