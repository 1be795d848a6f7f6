/**
 * The contract of sources, by which an epoch can be read again after a crash.
 *
 * <p>Start with {@link io.vellamo.api.source.EventSource}, {@link
 * io.vellamo.api.source.SourceReader}, {@link io.vellamo.api.source.RangeReader}; for messages that
 * are acknowledged, {@link io.vellamo.api.source.AcknowledgingSource}.
 */
@NullMarked
package io.vellamo.api.source;

import org.jspecify.annotations.NullMarked;
