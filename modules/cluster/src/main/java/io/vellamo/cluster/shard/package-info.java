/**
 * Shards as sharded entities, and the coordinator's access to them.
 *
 * <p>Read first: {@link io.vellamo.cluster.shard.ClusterShards}, {@code ShardLink}, {@code
 * ShardEntity}.
 */
@NullMarked
package io.vellamo.cluster.shard;

import org.jspecify.annotations.NullMarked;
