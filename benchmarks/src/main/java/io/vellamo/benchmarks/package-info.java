/**
 * Programs that measure whole queries.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.FileThroughput}.
 */
@NullMarked
package io.vellamo.benchmarks;

import org.jspecify.annotations.NullMarked;
