/**
 * What a sink must offer so that the rows of an epoch arrive once.
 *
 * <p>Read first: {@link io.vellamo.api.sink.RowSink}, {@link io.vellamo.api.sink.SinkWriter},
 * {@link io.vellamo.api.sink.EpochRows}.
 */
@NullMarked
package io.vellamo.api.sink;

import org.jspecify.annotations.NullMarked;
