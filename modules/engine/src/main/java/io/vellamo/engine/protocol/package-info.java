/**
 * What a query's machine and its shards' machines tell each other: requests and replies, as values
 * that a serializer can write.
 *
 * <p>Read first: {@link io.vellamo.engine.protocol.ShardRequest}, {@link
 * io.vellamo.engine.protocol.ShardReply}, {@link io.vellamo.engine.protocol.Fence}.
 */
@NullMarked
package io.vellamo.engine.protocol;

import org.jspecify.annotations.NullMarked;
