/**
 * What a source must offer so that an epoch can be read again after a crash.
 *
 * <p>Read first: {@link io.vellamo.api.source.EventSource}, {@link
 * io.vellamo.api.source.SourceReader}, {@link io.vellamo.api.source.RangeReader}.
 */
@NullMarked
package io.vellamo.api.source;

import org.jspecify.annotations.NullMarked;
