/**
 * Sources and sinks made of Pekko Streams.
 *
 * <p>Read first: {@link io.vellamo.connectors.pekko.PekkoStreams}.
 */
@NullMarked
package io.vellamo.connectors.pekko;

import org.jspecify.annotations.NullMarked;
