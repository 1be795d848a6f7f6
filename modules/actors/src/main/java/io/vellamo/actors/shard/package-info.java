/**
 * Shards and the groups they host: an epoch's calls, the atomic write of its effects, and the
 * reply.
 *
 * <p>Read first: {@link io.vellamo.actors.shard.GroupShard}, {@link
 * io.vellamo.actors.shard.ShardCommand}, {@link io.vellamo.actors.shard.GroupHost}; {@code
 * HostHandles} for which groups stay live.
 */
@NullMarked
package io.vellamo.actors.shard;

import org.jspecify.annotations.NullMarked;
