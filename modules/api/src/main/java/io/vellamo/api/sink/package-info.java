/**
 * The contract of sinks, by which the rows of an epoch arrive exactly once.
 *
 * <p>Start with {@link io.vellamo.api.sink.RowSink}, {@link io.vellamo.api.sink.SinkWriter}, {@link
 * io.vellamo.api.sink.EpochRows}, {@link io.vellamo.api.sink.ParallelSink}.
 */
@NullMarked
package io.vellamo.api.sink;

import org.jspecify.annotations.NullMarked;
