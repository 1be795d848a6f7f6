/**
 * The actors of shards and of the groups they host, around the shards' machines.
 *
 * <p>Read first: {@link io.vellamo.actors.shard.GroupShard}, {@link
 * io.vellamo.actors.shard.ShardCommand}, {@link io.vellamo.actors.shard.GroupHost}; {@code
 * HostHandles} for which groups stay live.
 */
@NullMarked
package io.vellamo.actors.shard;

import org.jspecify.annotations.NullMarked;
