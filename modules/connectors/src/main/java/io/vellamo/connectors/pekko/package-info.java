/**
 * Sources and sinks made of Pekko Streams, and queries as stages of streams.
 *
 * <p>Read first: {@link io.vellamo.connectors.pekko.PekkoStreams}, {@link
 * io.vellamo.connectors.pekko.QueryFlow}.
 */
@NullMarked
package io.vellamo.connectors.pekko;

import org.jspecify.annotations.NullMarked;
