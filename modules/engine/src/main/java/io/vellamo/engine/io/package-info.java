/**
 * A query's open sources and sinks, and the data of an epoch on its way from the sources to the
 * sinks.
 *
 * <p>Read first: {@link io.vellamo.engine.io.OpenSources}, {@link
 * io.vellamo.engine.io.EpochReading}, {@link io.vellamo.engine.io.EpochData}, {@link
 * io.vellamo.engine.io.OpenSinks}.
 */
@NullMarked
package io.vellamo.engine.io;

import org.jspecify.annotations.NullMarked;
