/**
 * A query's executable stages: from source entries to the events of each shard, and from one
 * operator's rows to the events of the next.
 *
 * <p>Read first: {@link io.vellamo.engine.pipeline.CompiledQuery} and {@code QueryCompiler}, which
 * divides a pipeline at its operators; {@link io.vellamo.engine.pipeline.EpochRouter} for events
 * from the sources, {@link io.vellamo.engine.pipeline.RowRouter} for rows between operators.
 */
@NullMarked
package io.vellamo.engine.pipeline;

import org.jspecify.annotations.NullMarked;
