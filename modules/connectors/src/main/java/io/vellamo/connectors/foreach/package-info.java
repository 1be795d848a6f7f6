/**
 * Sinks that run user code.
 *
 * <p>Read first: {@link io.vellamo.connectors.foreach.Foreach}, {@link
 * io.vellamo.connectors.foreach.ForeachBatch}, {@link io.vellamo.connectors.foreach.ForeachWriter},
 * {@link io.vellamo.connectors.foreach.ForeachSink}.
 */
@NullMarked
package io.vellamo.connectors.foreach;

import org.jspecify.annotations.NullMarked;
