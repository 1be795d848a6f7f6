/**
 * A query's open sources and sinks, and the data of an epoch on its way from the sources to the
 * sinks.
 *
 * <p>Read first: {@link io.vellamo.engine.io.OpenSources}, {@link io.vellamo.engine.io.OpenSinks},
 * {@link io.vellamo.engine.io.EpochResults}.
 */
@NullMarked
package io.vellamo.engine.io;

import org.jspecify.annotations.NullMarked;
