package io.vellamo.actors.shard;

import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import org.jspecify.annotations.Nullable;

/**
 * A reply of a shard, with what goes with it in the same JVM.
 *
 * @param reply the reply
 * @param output the epoch's output, or a page; null unless the reply is {@link ShardReply.Done} or
 *     {@link ShardReply.Page}
 * @param cause the exception of {@link ShardReply.Failed}; null if there is none
 */
public record ShardAnswer(
    ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause) {}
