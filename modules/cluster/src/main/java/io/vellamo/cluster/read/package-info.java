/**
 * The readers of a query on the nodes of a cluster: each reads its share of an epoch's ranges, and
 * keeps the shards' input as chunks until they have pulled them.
 *
 * <p>Read first: {@link io.vellamo.cluster.read.ChunkStore} on the reader's side, {@link
 * io.vellamo.cluster.read.ChunkAssembly} on the shard's side.
 */
@NullMarked
package io.vellamo.cluster.read;

import org.jspecify.annotations.NullMarked;
