/**
 * A query's stages made runnable: from source entries to groups of events by shard.
 *
 * <p>Read first: {@link io.vellamo.engine.pipeline.CompiledQuery}, {@link
 * io.vellamo.engine.pipeline.EpochRouter}, {@link io.vellamo.engine.pipeline.StageChain}.
 */
@NullMarked
package io.vellamo.engine.pipeline;

import org.jspecify.annotations.NullMarked;
